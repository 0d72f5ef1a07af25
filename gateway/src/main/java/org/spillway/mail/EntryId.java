package org.spillway.mail;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names one accepted message for ever: 48 bits of milliseconds and 80 of chance, written as 26
 * characters of Crockford's base 32, so that ids sort by time.
 *
 * @param high the 48-bit time in milliseconds, then 16 random bits
 * @param low 64 random bits
 */
public record EntryId(long high, long low) implements Comparable<EntryId> {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;

  /** A new id of that instant. */
  public static EntryId next(Instant at, RandomGenerator chance) {
    return new EntryId(at.toEpochMilli() << 16 | chance.nextLong() & 0xffff, chance.nextLong());
  }

  /** Reads the 26-character form; empty when it is not one. */
  public static Optional<EntryId> parse(String text) {
    if (text.length() != LENGTH || text.charAt(0) > '7') {
      return Optional.empty();
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = ALPHABET.indexOf(Character.toUpperCase(text.charAt(i)));
      if (digit < 0) {
        return Optional.empty();
      }
      high = high << 5 | low >>> 59;
      low = low << 5 | digit;
    }
    return Optional.of(new EntryId(high, low));
  }

  /** When the message was accepted, to the millisecond. */
  public Instant instant() {
    return Instant.ofEpochMilli(high >>> 16);
  }

  @Override
  public int compareTo(EntryId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    char[] text = new char[LENGTH];
    long h = high;
    long l = low;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (l & 31));
      l = l >>> 5 | h << 59;
      h >>>= 5;
    }
    return new String(text);
  }
}
