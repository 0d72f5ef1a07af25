package org.spillway.spool.code;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what an {@link Encoder} wrote; whatever the bytes are, it throws {@link Malformed} only.
 */
public final class Decoder {
  /** Reads one value. */
  @FunctionalInterface
  public interface Part<T> {
    T read(Decoder from) throws Malformed;
  }

  private final ByteBuffer bytes;

  /** Over the buffer's remaining bytes. */
  public Decoder(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  /** One byte, 0 to 255. */
  public int octet() throws Malformed {
    if (!bytes.hasRemaining()) {
      throw new Malformed("ends too early");
    }
    return bytes.get() & 0xff;
  }

  /** One byte that is 0 or 1. */
  public boolean flag() throws Malformed {
    int value = octet();
    if (value > 1) {
      throw new Malformed("neither yes nor no: " + value);
    }
    return value == 1;
  }

  /** One constant of an enum, by its place. */
  public <E> E oneOf(E[] values) throws Malformed {
    int place = octet();
    if (place >= values.length) {
      throw new Malformed("no such constant: " + place);
    }
    return values[place];
  }

  /** A number of 1 to 10 bytes. */
  public long number() throws Malformed {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = octet();
      value |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new Malformed("a number without an end");
  }

  /** A number that fits an int. */
  public int smallNumber() throws Malformed {
    long value = number();
    if (value != (int) value) {
      throw new Malformed("too large: " + value);
    }
    return (int) value;
  }

  private int length() throws Malformed {
    long length = number();
    if (length < 0 || length > bytes.remaining()) {
      throw new Malformed("a length of " + length + " with " + bytes.remaining() + " left");
    }
    return (int) length;
  }

  /** Bytes with their length in front. */
  public byte[] octets() throws Malformed {
    byte[] value = new byte[length()];
    bytes.get(value);
    return value;
  }

  /** Text. */
  public String text() throws Malformed {
    return new String(octets(), StandardCharsets.UTF_8);
  }

  /** An instant. */
  public Instant instant() throws Malformed {
    long second = number();
    long nano = number();
    try {
      return Instant.ofEpochSecond(second, nano);
    } catch (DateTimeException | ArithmeticException e) {
      throw new Malformed("not an instant: " + second);
    }
  }

  /** A value that may be absent. */
  public <T> Optional<T> optional(Part<T> how) throws Malformed {
    return flag() ? Optional.of(how.read(this)) : Optional.empty();
  }

  /** Values with their count in front; each takes a byte at least, which bounds the count. */
  public <T> List<T> each(Part<T> how) throws Malformed {
    int count = length();
    List<T> values = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      values.add(how.read(this));
    }
    return values;
  }

  /** Complains about bytes that nobody asked for. */
  public void end() throws Malformed {
    if (bytes.hasRemaining()) {
      throw new Malformed(bytes.remaining() + " bytes too many");
    }
  }
}
