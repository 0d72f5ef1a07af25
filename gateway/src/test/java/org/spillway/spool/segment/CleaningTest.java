package org.spillway.spool.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.spool.Disposition;
import org.spillway.spool.Receipt;
import org.spillway.spool.Samples;

/** Segments are given back, and what still counts in them moves on. */
final class CleaningTest {
  @TempDir Path keys;
  private Rig rig;
  private FaultyDisk disk;
  private SegmentSpool spool;

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(keys);
    rig.cacheBytes(0);
    disk = new FaultyDisk();
    spool = rig.open(disk);
  }

  @AfterEach
  void close() {
    Rig.drop(spool);
  }

  private EntryId put(byte[] content) throws IOException {
    EntryId id = Samples.id();
    assertThat(Samples.put(spool, id, content, Samples.plain(2))).isInstanceOf(Receipt.Safe.class);
    return id;
  }

  private void end(EntryId id) throws IOException {
    spool.settle(id, Map.of(0, Samples.delivered(), 1, Samples.delivered()));
  }

  /** So much traffic that every segment was rolled many times. */
  private void passThrough(int messages) throws IOException {
    for (int i = 0; i < messages; i++) {
      end(put(Samples.bytes(9_000, i)));
      if (i % 5 == 0) {
        spool.keep();
      }
    }
  }

  private long logFiles() {
    return disk.files().stream().filter(file -> file.getParent().equals(Rig.LOG)).count();
  }

  @Test
  void trafficUsesTheSameFewFilesAgain() throws IOException {
    passThrough(300);
    assertThat(logFiles()).isLessThan(10);
    assertThat(spool.room().usedBytes()).isLessThan(6 * 64 << 10);
  }

  @Test
  void stragglersDoNotHoldSegmentsAndKeepWhatTheyHave() throws IOException {
    byte[] small = Samples.bytes(3_000, 1);
    byte[] parted = Samples.bytes(39_000, 2); // two parts and a rest
    byte[] filed = Samples.bytes(50_000, 3);
    List<EntryId> ids = new ArrayList<>();
    for (byte[] content : List.of(small, parted, filed)) {
      EntryId id = put(content);
      ids.add(id);
      spool.settle(id, Map.of(0, Samples.deferred()));
      spool.attempt(id, List.of(1), Samples.CLOUD, "relay");
      passThrough(40);
    }
    passThrough(200);
    assertThat(logFiles()).isLessThan(12);
    check(ids, List.of(small, parted, filed), false);
    Rig.drop(spool);
    spool = rig.open(disk);
    check(ids, List.of(small, parted, filed), true);
    passThrough(100);
    check(ids, List.of(small, parted, filed), true);
    assertThat(Rig.live(spool)).isEqualTo(ids);
    for (EntryId id : ids) {
      end(id);
    }
    passThrough(60);
    assertThat(disk.files()).noneMatch(file -> file.toString().endsWith(".body"));
    Rig.drop(spool);
    spool = rig.open(disk);
    assertThat(spool.liveEntries()).isZero();
  }

  private void check(List<EntryId> ids, List<byte[]> contents, boolean restarted)
      throws IOException {
    for (int i = 0; i < ids.size(); i++) {
      var entry = spool.entry(ids.get(i)).orElseThrow();
      assertThat(Samples.read(entry.content())).isEqualTo(contents.get(i));
      assertThat(entry.standings().get(0)).isEqualTo(Samples.deferred());
      Disposition.Waiting other = (Disposition.Waiting) entry.standings().get(1);
      assertThat(other.unknownAt().isPresent()).isEqualTo(restarted);
    }
  }

  @Test
  void aReaderGoesOnWhileItsEntryMoves() throws IOException {
    byte[] content = Samples.bytes(39_500, 9);
    EntryId id = put(content);
    byte[] read = new byte[content.length];
    try (InputStream in = spool.entry(id).orElseThrow().content().open()) {
      int first = in.readNBytes(read, 0, 10_000);
      passThrough(200);
      assertThat(in.readNBytes(read, first, read.length - first)).isEqualTo(read.length - first);
    }
    assertThat(read).isEqualTo(content);
  }

  @Test
  void aDraftKeepsTheSegmentsThatItsPartsAreIn() throws IOException {
    byte[] content = Samples.bytes(39_500, 9);
    EntryId id = Samples.id();
    try (var draft = spool.draft(id)) {
      Samples.write(draft, content);
      passThrough(200);
      assertThat(Samples.read(draft.content())).isEqualTo(content);
      assertThat(draft.commit(Samples.plain(2))).isInstanceOf(Receipt.Safe.class);
    }
    passThrough(100);
    assertThat(Samples.read(spool.entry(id).orElseThrow().content())).isEqualTo(content);
  }
}
