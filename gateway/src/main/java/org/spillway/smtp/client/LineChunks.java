package org.spillway.smtp.client;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads content line by line in bounded pieces: a line longer than the buffer comes in several, of
 * which only the last is {@link #isEnded}.
 */
final class LineChunks {
  private static final int MAX_CHUNK = 8192;

  private final InputStream in;
  private final byte[] block = new byte[16 << 10];
  private int at;
  private int end;

  private final byte[] chunk = new byte[MAX_CHUNK];
  private int length;
  private boolean starts;
  private boolean ended = true;

  LineChunks(InputStream in) {
    this.in = in;
  }

  /** Goes to the next chunk; false at the end of the content. */
  boolean advance() throws IOException {
    starts = ended;
    ended = false;
    length = 0;
    while (length < MAX_CHUNK) {
      if (at == end && !fill()) {
        return length > 0;
      }
      byte b = block[at++];
      if (b == '\n') {
        ended = true;
        length -= length > 0 && chunk[length - 1] == '\r' ? 1 : 0;
        return true;
      }
      chunk[length++] = b;
    }
    unreadCr();
    return true;
  }

  /** A CR at the very end of a full chunk may belong to the line's end. */
  private void unreadCr() {
    if (chunk[length - 1] == '\r' && at > 0) {
      at--;
      length--;
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(block, 0, block.length));
    return end > 0;
  }

  byte[] bytes() {
    return chunk;
  }

  int length() {
    return length;
  }

  /** True when a line begins with this chunk. */
  boolean isStart() {
    return starts;
  }

  /** True when the line ends after this chunk. */
  boolean isEnded() {
    return ended;
  }

  boolean hasEightBit() {
    for (int i = 0; i < length; i++) {
      if (chunk[i] < 0) {
        return true;
      }
    }
    return false;
  }
}
