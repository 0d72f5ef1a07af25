package org.spillway.spool.code;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes values one after the other into a growing array; {@link Decoder} reads them back. */
public final class Encoder {
  private byte[] bytes;
  private int size;

  /** With room for that many bytes before it grows. */
  public Encoder(int room) {
    bytes = new byte[room];
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  /** One byte. */
  public Encoder octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** One byte, 1 or 0. */
  public Encoder flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  /** 1 to 10 bytes, seven bits each, the low ones first; short when near zero on either side. */
  public Encoder number(long value) {
    room(10);
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** A length, then that many bytes. */
  public Encoder octets(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Text as UTF-8 with its length in front. */
  public Encoder text(String value) {
    return octets(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Seconds and nanoseconds. */
  public Encoder instant(Instant value) {
    return number(value.getEpochSecond()).number(value.getNano());
  }

  /** Present or not, then the value. */
  public <T> Encoder optional(Optional<T> value, BiConsumer<Encoder, T> how) {
    flag(value.isPresent());
    value.ifPresent(present -> how.accept(this, present));
    return this;
  }

  /** A count, then each value. */
  public <T> Encoder each(Collection<T> values, BiConsumer<Encoder, T> how) {
    number(values.size());
    for (T value : values) {
      how.accept(this, value);
    }
    return this;
  }

  /** What was written so far, in an array of its own. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
