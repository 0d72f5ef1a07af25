package org.spillway.smtp.mina;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.mina.core.buffer.IoBuffer;
import org.spillway.smtp.server.ContentBudget;

/** Bytes that were read and not yet worked on; guarded by its Conversation. */
final class Inbox {
  private static final int HIGH_BYTES = 128 << 10;
  private static final int LOW_BYTES = 32 << 10;

  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private final ContentBudget budget;
  private int bytes;

  Inbox(ContentBudget budget) {
    this.budget = budget;
  }

  /** The bytes of a MINA buffer, with an array behind them. */
  static ByteBuffer array(IoBuffer buffer) {
    ByteBuffer bytes = buffer.buf();
    if (bytes.hasArray()) {
      return bytes;
    }
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
    return copy.put(bytes).flip();
  }

  void add(ByteBuffer buffer) {
    buffers.add(buffer);
    bytes += buffer.remaining();
    budget.take(buffer.remaining());
  }

  /** The next buffer, which no longer counts. */
  Optional<ByteBuffer> next() {
    ByteBuffer buffer = buffers.poll();
    if (buffer == null) {
      return Optional.empty();
    }
    bytes -= buffer.remaining();
    budget.give(buffer.remaining());
    return Optional.of(buffer);
  }

  void clear() {
    buffers.clear();
    budget.give(bytes);
    bytes = 0;
  }

  /** Bytes that wait. */
  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return buffers.isEmpty();
  }

  /** True when reading should pause. */
  boolean isFull() {
    return bytes > HIGH_BYTES || bytes > 0 && budget.isShort();
  }

  /** True when reading may go on. */
  boolean hasRoom() {
    return bytes == 0 || bytes < LOW_BYTES && !budget.isShort();
  }
}
