package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.spillway.spool.disk.DiskFile;

/**
 * The end of the segment that is being written; used by the writer's thread alone. Records are laid
 * into a direct buffer and flushed by one write.
 */
final class Tail {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Segment segment;
  private final DiskFile file;
  private final Lent lent;
  private byte[] stubs = new byte[16 << 10];
  private int stubBytes;
  private int soundStubBytes;
  private int stubCount;
  private int soundStubCount;
  private int soundEnd = Head.BYTES;
  private boolean spoilt;

  /** A buffer that one tail after the other uses. */
  static final class Lent {
    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private void atLeast(int bytes) {
      if (buffer.capacity() < bytes) {
        buffer = ByteBuffer.allocateDirect(bytes);
      }
    }
  }

  /** Over a segment just begun; the file is closed with the tail. */
  Tail(Segment segment, DiskFile file, Lent lent) {
    this.segment = segment;
    this.file = file;
    this.lent = lent;
    lent.buffer.clear();
  }

  Segment segment() {
    return segment;
  }

  /** False when the record belongs into another segment; always so after a failed write. */
  boolean fits(LogRecord record) {
    long index = (long) stubBytes + Stub.footerBytes(record);
    long end = (long) soundEnd + lent.buffer.position() + record.length();
    boolean room = end + index + Footer.TRAILER_BYTES <= segment.sizeBytes();
    return !spoilt && room && index <= Footer.MAX_BYTES;
  }

  /** False when the buffer must be flushed before the record is laid. */
  boolean hasBufferFor(LogRecord record) {
    return lent.buffer.position() == 0 || lent.buffer.remaining() >= record.length();
  }

  /** Lays a record that fits. */
  Stub lay(LogRecord record) {
    lent.atLeast(record.length());
    Place place = new Place(segment.number(), soundEnd + lent.buffer.position(), record.length());
    Stub stub = Stub.of(record, place);
    RecordHeader.write(lent.buffer, record, stub, segment.head());
    int more = Stub.footerBytes(record);
    if (stubs.length - stubBytes < more) {
      stubs = Arrays.copyOf(stubs, Math.max(stubs.length * 2, stubBytes + more));
    }
    stub.write(ByteBuffer.wrap(stubs, stubBytes, more));
    stubBytes += more;
    stubCount++;
    return stub;
  }

  /** The records laid since the last flush, to be read only. */
  ByteBuffer laid() {
    return lent.buffer.duplicate().flip().asReadOnlyBuffer();
  }

  /**
   * Writes what was laid. When that fails the segment takes no more, since dead bytes now follow
   * its sound end; it must be sealed before another is begun.
   */
  void flush() throws IOException {
    if (lent.buffer.position() == 0) {
      return;
    }
    int bytes = lent.buffer.position();
    try {
      file.writeFully(lent.buffer.flip(), soundEnd);
    } catch (IOException e) {
      spoilt = true;
      stubBytes = soundStubBytes;
      stubCount = soundStubCount;
      throw e;
    } finally {
      lent.buffer.clear();
    }
    soundEnd += bytes;
    soundStubBytes = stubBytes;
    soundStubCount = stubCount;
    segment.endsAt(soundEnd);
  }

  void force() throws IOException {
    file.force();
  }

  /** Closes the segment with its footer; on disk when this returns. */
  void seal() throws IOException {
    file.force(); // a footer that outlasts a power cut must not list records that do not
    ByteBuffer footer =
        Footer.encode(
            ByteBuffer.wrap(stubs, 0, soundStubBytes), soundStubCount, soundEnd, segment.head());
    file.writeFully(footer, segment.sizeBytes() - footer.remaining());
    file.force();
    segment.seal();
    file.close();
  }

  /** Lets go of the file without a footer: for a log that broke. */
  void abandon() throws IOException {
    file.close();
  }
}
