package org.spillway.store;

import java.util.Base64;
import java.util.Collection;
import java.util.Locale;

/**
 * Which addresses may stand in a span of messages: a Bloom filter of 12 bits a key as base64 text.
 * It may say yes wrongly (about once in 200), never no. This takes the place of indexes on sender
 * and recipient, which cost more than all other tracking together.
 */
final class AddressDigest {
  private static final int BITS_A_KEY = 12;
  private static final int PROBES = 5;
  private static final int MOST_BYTES = 20_000;

  private AddressDigest() {}

  /** The digest of some keys. */
  static String of(Collection<String> keys) {
    int bytes = Math.clamp((keys.size() * (long) BITS_A_KEY + 7) / 8, 4, MOST_BYTES);
    byte[] bits = new byte[bytes];
    for (String key : keys) {
      long hash = hash(key);
      for (int i = 0; i < PROBES; i++) {
        int bit = bit(hash, i, bytes);
        bits[bit >> 3] |= (byte) (1 << (bit & 7));
      }
    }
    return Base64.getEncoder().withoutPadding().encodeToString(bits);
  }

  /** False only when the key is not in the digest; true for a text that is no digest. */
  static boolean mayHold(String digest, String key) {
    byte[] bits;
    try {
      bits = Base64.getDecoder().decode(digest);
    } catch (IllegalArgumentException broken) {
      return true;
    }
    long hash = hash(key);
    for (int i = 0; i < PROBES && bits.length > 0; i++) {
      int bit = bit(hash, i, bits.length);
      if ((bits[bit >> 3] & 1 << (bit & 7)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The key of an address, or of a domain when written {@code @domain}. */
  static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }

  private static int bit(long hash, int probe, int bytes) {
    long step = (hash >>> 32 | 1) * probe;
    return (int) Math.floorMod((hash & 0xffff_ffffL) + step, bytes * 8L);
  }

  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, then mixed
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    return hash ^ hash >>> 29;
  }
}
