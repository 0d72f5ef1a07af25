package org.spillway.spool.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.spool.Samples;
import org.spillway.spool.SpoolSettings;

/** The tool says what is there, what is wrong, and changes nothing. */
final class SpoolToolTest {
  @TempDir Path keys;
  private FaultyDisk disk;
  private SegmentSpool spool;
  private SpoolTool tool;
  private EntryId small;
  private EntryId filed;

  @BeforeEach
  void fill() throws IOException {
    disk = new FaultyDisk();
    spool = new Rig(keys).open(disk);
    SpoolSettings settings =
        new SpoolSettings(
            Rig.DIRECTORY, keys.resolve("key"), 64 << 10, 40_000, OptionalLong.empty(), 0);
    tool = SpoolTool.of(settings, disk);
    small = put(700);
    put(39_000);
    filed = put(70_000);
    spool.settle(small, Map.of(0, Samples.deferred()));
    EntryId ended = put(100);
    spool.attempt(ended, List.of(0), Samples.ONPREM, "10.0.0.5");
    spool.settle(ended, Map.of(0, Samples.delivered(), 1, Samples.delivered()));
    put(100);
  }

  @AfterEach
  void close() {
    Rig.drop(spool);
  }

  private EntryId put(int bytes) throws IOException {
    EntryId id = Samples.id();
    Samples.put(spool, id, Samples.bytes(bytes, bytes), Samples.plain(2));
    return id;
  }

  private List<String> verify() throws IOException {
    return tool.verify(_ -> {});
  }

  @Test
  void findsNothingWrongWithASoundSpoolThatRunsOrStands() throws IOException {
    assertThat(verify()).isEmpty();
    spool.close();
    assertThat(verify()).isEmpty();
  }

  @Test
  void showsEveryRecord() throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    tool.dump(rows::add);
    assertThat(rows)
        .extracting(row -> row.get("type"))
        .contains("PUT_CHUNK", "PUT_COMMIT", "ATTEMPT", "RCPT", "DONE");
    assertThat(rows).extracting(row -> row.get("id")).contains(small.toString(), filed.toString());
  }

  @Test
  void findsADamagedContentFile() throws IOException {
    disk.bytes(Rig.DIRECTORY.resolve("bodies").resolve(Shelf.name(filed)))[20_000] ^= 1;
    assertThat(verify()).singleElement().asString().contains(filed.toString(), "damaged");
  }

  @Test
  void findsAMissingContentFile() throws IOException {
    disk.delete(Rig.DIRECTORY.resolve("bodies").resolve(Shelf.name(filed)));
    assertThat(verify()).singleElement().asString().contains(filed.toString());
  }

  @Test
  void findsADamagedRecordOfASealedSegment() throws IOException {
    spool.close();
    Path first =
        disk.files().stream()
            .filter(file -> file.toString().endsWith("seg-00000001.log"))
            .findFirst()
            .orElseThrow();
    disk.bytes(first)[Head.BYTES + 100] ^= 1;
    assertThat(verify()).anyMatch(line -> line.contains("seg-00000001.log"));
  }

  @Test
  void changesNothing() throws IOException {
    disk.startJournal();
    verify();
    tool.dump(_ -> {});
    assertThat(disk.journal()).isEmpty();
  }
}
