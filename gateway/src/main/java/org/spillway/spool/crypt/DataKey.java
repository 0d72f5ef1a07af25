package org.spillway.spool.crypt;

import java.nio.ByteBuffer;
import javax.crypto.SecretKey;

/** The key of one message, and the form in which it is kept beside what it sealed. */
public final class DataKey {
  /** Length of the wrapped form: nonce, key, tag. */
  public static final int WRAPPED_BYTES = 12 + 32 + 16;

  private final SecretKey key;
  private final byte[] wrapped;

  DataKey(SecretKey key, byte[] wrapped) {
    this.key = key;
    this.wrapped = wrapped;
  }

  SecretKey key() {
    return key;
  }

  /** The wrapped form, read-only, {@link #WRAPPED_BYTES} long. */
  public ByteBuffer wrapped() {
    return ByteBuffer.wrap(wrapped).asReadOnlyBuffer();
  }

  /** Copies the wrapped form into an array. */
  public void wrapInto(byte[] target, int at) {
    System.arraycopy(wrapped, 0, target, at, WRAPPED_BYTES);
  }

  @Override
  public String toString() {
    return "***";
  }
}
