package org.spillway.route;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.spillway.mail.Address;
import org.spillway.mail.EntryId;

/**
 * Knows mail that comes back to us for the very recipient we sent it to. Every copy that leaves
 * carries a stamp with a keyed tag of each recipient; a message whose stamp has the tag of a
 * recipient it arrives for has gone round. A list that sends our user's message back to other users
 * is not a loop, and nobody without the key can make a stamp.
 */
public final class LoopGuard {
  /** The header field that holds a stamp. */
  public static final String FIELD = "X-Spillway-Trace";

  private static final int TAG_BYTES = 8;
  private static final int MAX_TAGS = 40;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * A guard with the key that all nodes share.
   *
   * @param key at least 16 random bytes
   */
  public LoopGuard(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** The field's value for a copy that leaves: the entry and a tag for each recipient. */
  public String stamp(EntryId id, List<Address> recipients) {
    StringBuilder value = new StringBuilder(id.toString());
    Mac mac = mac();
    recipients.stream().limit(MAX_TAGS).forEach(r -> value.append("\r\n ").append(tag(mac, r)));
    return value.toString();
  }

  /** True when one of the stamps was made by us for that recipient. */
  public boolean isReturn(List<String> stamps, Address recipient) {
    if (stamps.isEmpty()) {
      return false;
    }
    String tag = tag(mac(), recipient);
    return stamps.stream().anyMatch(s -> List.of(s.trim().split("\\s+")).contains(tag));
  }

  private static String tag(Mac mac, Address recipient) {
    byte[] full = mac.doFinal(recipient.key().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(full, 0, TAG_BYTES);
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
