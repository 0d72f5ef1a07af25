package org.spillway.spool.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.spool.Samples;

/** A tail that is torn at any of its bytes costs what was torn, and nothing before it. */
final class TornTailTest {
  @TempDir Path keys;

  private record Written(EntryId id, int end) {}

  @Test
  void atEveryByte() throws IOException {
    Rig rig = new Rig(keys);
    FaultyDisk disk = new FaultyDisk();
    List<Written> written = new ArrayList<>();
    SegmentSpool spool = rig.open(disk, 16 << 10, () -> Samples.NOW);
    for (int i = 0; i < 3; i++) {
      EntryId id = Samples.id();
      Samples.put(spool, id, Samples.bytes(150, i), Samples.plain(1));
      written.add(new Written(id, (int) (spool.room().usedBytes())));
    }
    FaultyDisk image = disk.copy(); // as after a kill: without a footer
    Rig.drop(spool);
    Path tail = tail(image);
    int end = written.getLast().end();
    for (int cut = Head.BYTES; cut <= end; cut++) {
      int at = cut;
      Tear cutOff = bytes -> Arrays.fill(bytes, at, end, (byte) 0);
      Tear noise = bytes -> scramble(bytes, at, end);
      scan(image, tail, written, at, cutOff);
      scan(image, tail, written, at, noise);
      if (cut % 50 == 0) {
        check(rig, image, tail, written, at, cut % 100 == 0 ? cutOff : noise);
      }
    }
  }

  /** The scan alone, at every byte; a whole start, now and then. */
  private static void scan(FaultyDisk image, Path tail, List<Written> written, int cut, Tear tear)
      throws IOException {
    FaultyDisk torn = image.copy();
    tear.apply(torn.bytes(tail));
    Head.Kind.Used used = (Head.Kind.Used) Head.decode(ByteBuffer.wrap(torn.bytes(tail)));
    List<EntryId> found = new ArrayList<>();
    int end = Scan.run(torn.openToRead(tail), used.head(), (stub, _) -> found.add(stub.id()));
    assertThat(end).isLessThanOrEqualTo(cut);
    assertThat(found)
        .as("torn at " + cut)
        .isEqualTo(written.stream().filter(w -> w.end() <= cut).map(Written::id).toList());
  }

  private interface Tear {
    void apply(byte[] bytes);
  }

  private static void scramble(byte[] bytes, int from, int to) {
    byte[] noise = Samples.bytes(to - from, from);
    for (int i = from; i < to; i++) {
      bytes[i] = (byte) (bytes[i] ^ (noise[i - from] | 1)); // every byte differs
    }
  }

  private static void check(
      Rig rig, FaultyDisk image, Path tail, List<Written> written, int cut, Tear tear)
      throws IOException {
    FaultyDisk torn = image.copy();
    tear.apply(torn.bytes(tail));
    SegmentSpool spool = rig.open(torn, 16 << 10, () -> Samples.NOW);
    try {
      List<EntryId> left = written.stream().filter(w -> w.end() <= cut).map(Written::id).toList();
      assertThat(Rig.live(spool)).as("torn at " + cut).isEqualTo(left);
    } finally {
      Rig.drop(spool);
    }
  }

  private static Path tail(FaultyDisk disk) {
    return disk.files().stream()
        .filter(file -> file.getParent().equals(Rig.LOG))
        .filter(
            file ->
                Head.decode(ByteBuffer.wrap(disk.bytes(file))) instanceof Head.Kind.Used used
                    && used.head().number() == 1)
        .findFirst()
        .orElseThrow();
  }
}
