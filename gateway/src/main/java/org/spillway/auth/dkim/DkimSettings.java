package org.spillway.auth.dkim;

import java.time.Duration;

/**
 * What a verifier allows.
 *
 * @param maxSignatures of a message that are looked at, from the top; each costs a DNS question
 * @param minRsaBits shorter keys do not count
 * @param skew how far clocks may differ
 */
public record DkimSettings(int maxSignatures, int minRsaBits, Duration skew) {
  /** RFC 8301 §3.2: shorter keys must not count. */
  static final int RFC_MIN_RSA_BITS = 1024;

  /** Eight signatures, 1,024 bits, five minutes. */
  public static final DkimSettings USUAL =
      new DkimSettings(8, RFC_MIN_RSA_BITS, Duration.ofMinutes(5));

  public DkimSettings {
    minRsaBits = Math.max(minRsaBits, RFC_MIN_RSA_BITS);
  }
}
