package org.spillway.spool.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file, read and written by position. */
public interface DiskFile extends AutoCloseable {
  /** Reads into the buffer from a position; the count, or -1 at the end. May be short. */
  int read(ByteBuffer target, long position) throws IOException;

  /**
   * Writes from the buffer at a position; the count. May be short.
   *
   * @throws NoSpace when there is no room
   */
  int write(ByteBuffer source, long position) throws IOException;

  /** Makes all that was written outlast a power cut. After a failure nothing is sure any more. */
  void force() throws IOException;

  /** Length in bytes. */
  long sizeBytes() throws IOException;

  @Override
  void close() throws IOException;

  /** Writes all of the buffer. */
  default void writeFully(ByteBuffer source, long position) throws IOException {
    long at = position;
    while (source.hasRemaining()) {
      at += write(source, at);
    }
  }

  /** Reads until the buffer is full or the file ends, then turns the buffer to be read. */
  default ByteBuffer readFully(ByteBuffer target, long position) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = read(target, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    return target.flip();
  }
}
