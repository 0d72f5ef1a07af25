package org.spillway.smtp.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spillway.spool.Draft;

/** Gathers small pieces of content, so that a small message reaches the draft in one piece. */
final class DraftWriter {
  static final int BUFFER_BYTES = 16 << 10;
  private final Draft draft;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;
  private long written;

  DraftWriter(Draft draft) {
    this.draft = draft;
  }

  void write(byte[] bytes, int offset, int count) throws IOException {
    written += count;
    if (count > buffer.length - length) {
      flush();
    }
    if (count > buffer.length) {
      draft.write(ByteBuffer.wrap(bytes, offset, count));
      return;
    }
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  void flush() throws IOException {
    if (length > 0) {
      draft.write(ByteBuffer.wrap(buffer, 0, length));
      length = 0;
    }
  }

  /** Bytes of the message so far. */
  long written() {
    return written;
  }
}
