package org.spillway.spool.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.disk.DiskFile;

/** Whatever a segment's file holds, reading it ends, within the file, and throws nothing. */
final class RecordFuzzTest {
  private static final Path FILE = Path.of("/fuzz/seg-00000001.log");

  @FuzzTest
  void readsAnything(byte[] bytes) throws IOException {
    Head head = new Head(new UUID(0, 0), 1, 1, 1, ByteBuffer.allocate(DataKey.WRAPPED_BYTES));
    Head.decode(ByteBuffer.wrap(bytes));
    Footer.decode(ByteBuffer.wrap(bytes), head, Head.BYTES + (long) bytes.length);
    RecordHeader.read(ByteBuffer.wrap(bytes), 0);
    FaultyDisk disk = new FaultyDisk();
    try (DiskFile file = disk.open(FILE)) {
      file.writeFully(ByteBuffer.wrap(bytes), Head.BYTES);
      int end = Scan.run(file, head, (stub, whole) -> assertThat(whole.remaining()).isPositive());
      assertThat(end).isBetween(Head.BYTES, Head.BYTES + bytes.length);
      Footer.read(file, head);
    }
  }
}
