package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.spillway.spool.disk.DiskFile;

/**
 * Reads a segment record by record, in reads of 1 MiB (hopping from header to header is slower on a
 * cold disk). It ends at the first bytes that are not a sound record of this segment: in a segment
 * without a footer nothing behind them was ever acknowledged.
 */
final class Scan {
  private static final int WINDOW_BYTES = 1 << 20;

  /** Sees each record. */
  @FunctionalInterface
  interface Visitor {
    void record(Stub stub, ByteBuffer whole) throws IOException;
  }

  private final DiskFile file;
  private final Head head;
  private final long size;
  private ByteBuffer window = ByteBuffer.allocate(0);

  private Scan(DiskFile file, Head head) throws IOException {
    this.file = file;
    this.head = head;
    size = file.sizeBytes();
  }

  /** Shows every record; returns the offset where they end. */
  static int run(DiskFile file, Head head, Visitor visitor) throws IOException {
    return new Scan(file, head).run(visitor);
  }

  private int run(Visitor visitor) throws IOException {
    int offset = Head.BYTES;
    while (true) {
      Optional<RecordHeader> found = next(offset);
      if (found.isEmpty()) {
        return offset;
      }
      RecordHeader header = found.get();
      int length = RecordHeader.BYTES + header.payloadLength();
      visitor.record(header.stubWithParts(window), window.slice(window.position(), length));
      window.position(window.position() + length);
      offset += length;
    }
  }

  private Optional<RecordHeader> next(int offset) throws IOException {
    if (!fill(offset, RecordHeader.BYTES)) {
      return Optional.empty();
    }
    Optional<RecordHeader> header = RecordHeader.read(window, offset);
    if (header.isEmpty() || !header.get().belongsTo(head)) {
      return Optional.empty();
    }
    int length = RecordHeader.BYTES + header.get().payloadLength();
    return fill(offset, length) && RecordHeader.isSound(window, length) ? header : Optional.empty();
  }

  /** Sees to it that the window holds that many bytes from an offset; false when the file ends. */
  private boolean fill(int offset, int bytes) throws IOException {
    if (window.remaining() >= bytes) {
      return true;
    }
    if (offset + (long) bytes > size) {
      return false;
    }
    int room = Math.max(bytes, (int) Math.min(WINDOW_BYTES, size));
    window = window.capacity() >= room ? window.clear() : ByteBuffer.allocate(room);
    file.readFully(window, offset);
    return window.remaining() >= bytes;
  }
}
