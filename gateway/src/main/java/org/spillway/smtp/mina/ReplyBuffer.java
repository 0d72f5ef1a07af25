package org.spillway.smtp.mina;

import java.util.Arrays;
import org.spillway.smtp.server.ReplySink;

/** Gathers the replies to one batch of commands for one write (RFC 2920 §3.2). */
final class ReplyBuffer implements ReplySink {
  private static final int ENOUGH_BYTES = 16 << 10;
  private byte[] bytes = new byte[256];
  private int length;

  @Override
  public void reply(byte[] reply) {
    if (length + reply.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + reply.length, bytes.length * 2));
    }
    System.arraycopy(reply, 0, bytes, length, reply.length);
    length += reply.length;
  }

  /** True when it should be written without waiting for more. */
  boolean isFull() {
    return length >= ENOUGH_BYTES;
  }

  /** All of it; empty after. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }
}
