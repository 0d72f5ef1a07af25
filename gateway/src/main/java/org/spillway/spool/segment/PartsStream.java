package org.spillway.spool.segment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A content as a stream that holds one plain part at a time. */
final class PartsStream extends InputStream {
  /** Where the parts come from. */
  interface Source extends AutoCloseable {
    byte[] part(int n) throws IOException;

    @Override
    void close() throws IOException;
  }

  private final Source source;
  private long left;
  private byte[] part = {};
  private int at;
  private int next;

  PartsStream(Source source, long contentBytes) {
    this.source = source;
    left = contentBytes;
  }

  private boolean isAtEnd() throws IOException {
    while (at == part.length && left > 0) {
      part = source.part(next++);
      at = 0;
      if (part.length == 0 || part.length > left) {
        throw new IOException("part " + (next - 1) + " of a content has the wrong length");
      }
      left -= part.length;
    }
    return at == part.length;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : part[at++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, part.length - at);
    System.arraycopy(part, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return part.length - at;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
