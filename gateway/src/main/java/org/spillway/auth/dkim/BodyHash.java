package org.spillway.auth.dkim;

import java.util.Base64;

/**
 * The hash of a body.
 *
 * @param canonical how the body was prepared
 * @param limitBytes how many of its bytes count, {@link Long#MAX_VALUE} for all
 * @param base64 SHA-256 of those bytes
 * @param bodyBytes length of the whole prepared body
 */
public record BodyHash(Canonical canonical, long limitBytes, String base64, long bodyBytes) {

  /** The hash as bytes. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  /** Bytes of the prepared body that the hash does not cover. */
  public long uncoveredBytes() {
    return Math.max(0, bodyBytes - limitBytes);
  }
}
