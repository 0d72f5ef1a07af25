package org.spillway.spool.crypt;

/**
 * Tells apart what one data key seals; no pair may be used twice with a key.
 *
 * @param use what is sealed
 * @param number which one of it
 */
public record Nonce(Use use, long number) {
  /** What is sealed. */
  public enum Use {
    META,
    CHUNK,
    STATE
  }

  /** All that is kept beside a content. */
  public static final Nonce META = new Nonce(Use.META, 0);

  /** One part of a content. */
  public static Nonce chunk(long number) {
    return new Nonce(Use.CHUNK, number);
  }

  /** One state record of a store's session. */
  public static Nonce state(long number) {
    return new Nonce(Use.STATE, number);
  }

  void into(byte[] twelve) {
    twelve[0] = twelve[1] = twelve[2] = 0;
    twelve[3] = (byte) use.ordinal();
    for (int i = 0; i < 8; i++) {
      twelve[4 + i] = (byte) (number >>> 56 - 8 * i);
    }
  }
}
