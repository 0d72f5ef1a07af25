package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.spillway.spool.disk.DiskFile;

/**
 * The index that closes a segment: a stub of each record, then, in the last 32 bytes of the file, a
 * trailer: magic 4, segment 4, epoch 4, where the records end 4, length of the stubs 4, their count
 * 4, version 4, CRC32C 4 over stubs and trailer. The stubs stand right before the trailer.
 *
 * @param end where the records end: whatever lies between here and the footer is dead
 * @param stubs in the order of the records
 */
record Footer(int end, List<Stub> stubs) {
  static final int TRAILER_BYTES = 32;

  /** More records than fit this are not put into one segment, which bounds the heap it takes. */
  static final int MAX_BYTES = 4 << 20;

  private static final int MAGIC = 0x53505746;
  private static final int VERSION = 1;

  /** The bytes that end a segment's file. */
  static ByteBuffer encode(ByteBuffer stubs, int count, int end, Head head) {
    ByteBuffer to = ByteBuffer.allocate(stubs.remaining() + TRAILER_BYTES);
    int length = stubs.remaining();
    to.put(stubs).putInt(MAGIC).putInt(head.number()).putInt(head.epoch());
    to.putInt(end).putInt(length).putInt(count).putInt(VERSION);
    return to.putInt(crc(to.slice(0, to.position()))).flip();
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** The footer of a segment's file; empty when it has none that is sound. */
  static Optional<Footer> read(DiskFile file, Head head) throws IOException {
    long size = file.sizeBytes();
    ByteBuffer trailer =
        file.readFully(ByteBuffer.allocate(TRAILER_BYTES), Math.max(0, size - TRAILER_BYTES));
    int length = trailer.remaining() < TRAILER_BYTES ? -1 : trailer.getInt(16);
    if (length < 0 || length > Math.min(size - Head.BYTES - TRAILER_BYTES, 2 * MAX_BYTES)) {
      return Optional.empty();
    }
    ByteBuffer all = ByteBuffer.allocate(length + TRAILER_BYTES);
    return decode(file.readFully(all, size - length - TRAILER_BYTES), head, size);
  }

  /** Reads stubs and trailer; empty when they are not sound or of another segment. */
  static Optional<Footer> decode(ByteBuffer bytes, Head head, long size) {
    int at = bytes.limit() - TRAILER_BYTES;
    if (at < 0 || bytes.getInt(at) != MAGIC || bytes.getInt(at + 24) != VERSION) {
      return Optional.empty();
    }
    boolean ours = bytes.getInt(at + 4) == head.number() && bytes.getInt(at + 8) == head.epoch();
    int end = bytes.getInt(at + 12);
    boolean sound =
        bytes.getInt(at + 16) == at && bytes.getInt(at + 28) == crc(bytes.slice(0, at + 28));
    if (!ours || !sound || end < Head.BYTES || end > size - bytes.limit()) {
      return Optional.empty();
    }
    return stubs(bytes.slice(0, at), bytes.getInt(at + 20), head.number())
        .map(stubs -> new Footer(end, stubs));
  }

  private static Optional<List<Stub>> stubs(ByteBuffer from, int count, int segment) {
    List<Stub> stubs = new ArrayList<>(Math.clamp(count, 0, 1 << 16));
    while (from.hasRemaining()) {
      Optional<Stub> stub = Stub.read(from, segment);
      if (stub.isEmpty()) {
        return Optional.empty();
      }
      stubs.add(stub.get());
    }
    return stubs.size() == count ? Optional.of(stubs) : Optional.empty();
  }
}
