package org.spillway.report.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts survive, whatever happens to the file, and memory stays bounded. */
class TallyTest {
  private static final Instant NOON = Instant.parse("2026-05-20T12:00:00Z");

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  private Tally tally(int most) {
    return new Tally(folder, "dmarc", ReportSchedule.DAILY, most, now::get);
  }

  private Map<String, Long> counts() throws IOException {
    List<TallyFile> files = TallyFile.over(folder, "dmarc", NOON.plus(Duration.ofDays(9)));
    return files.isEmpty() ? Map.of() : files.getFirst().read(_ -> true, 1_000).counts();
  }

  @Test
  void flushesAddUp() throws IOException {
    Tally tally = tally(100);
    tally.add("a\tx");
    tally.add("a\tx");
    tally.add("b");
    tally.flush();
    tally.add("b");
    tally.flush();
    tally.flush();

    assertThat(counts()).containsExactlyInAnyOrderEntriesOf(Map.of("a\tx", 2L, "b", 2L));
  }

  @Test
  void aPeriodHasItsOwnFile() throws IOException {
    Tally tally = tally(100);
    tally.add("today");
    now.set(NOON.plus(Duration.ofDays(1)));
    tally.flush();
    tally.add("tomorrow");
    tally.flush();

    List<TallyFile> all = TallyFile.over(folder, "dmarc", NOON.plus(Duration.ofDays(9)));
    assertThat(all).hasSize(2);
    assertThat(all.getFirst().period().begin()).isEqualTo(Instant.parse("2026-05-20T00:00:00Z"));
    assertThat(all.getFirst().read(_ -> true, 9).counts()).containsOnlyKeys("today");
    assertThat(TallyFile.over(folder, "dmarc", now.get())).hasSize(1);
    assertThat(TallyFile.over(folder, "tls", now.get())).isEmpty();
  }

  @Test
  void memoryIsBounded() throws IOException {
    Tally tally = tally(10);
    for (int i = 0; i < 100; i++) {
      tally.add("line " + i);
      tally.add("line 0");
    }
    assertThat(tally.isHalfFull()).isTrue();
    assertThat(tally.dropped()).isEqualTo(90);
    tally.flush();
    assertThat(tally.isHalfFull()).isFalse();
    assertThat(counts()).hasSize(10).containsEntry("line 0", 101L);
  }

  @Test
  void readingIsBoundedToo() throws IOException {
    Tally tally = tally(100);
    for (int i = 0; i < 50; i++) {
      tally.add("line " + i);
    }
    tally.flush();
    TallyFile file = TallyFile.over(folder, "dmarc", NOON.plus(Duration.ofDays(9))).getFirst();
    TallyFile.Contents contents = file.read(_ -> true, 20);
    assertThat(contents.counts()).hasSize(20);
    assertThat(contents.dropped()).isEqualTo(30);
    assertThat(file.read(line -> line.endsWith("7"), 20).counts()).hasSize(5);
  }

  @Test
  void everyCutLosesOnlyTheBatchItCuts() throws IOException {
    Tally tally = tally(100);
    tally.add("first");
    tally.flush();
    Path file = TallyFile.over(folder, "dmarc", NOON.plus(Duration.ofDays(9))).getFirst().path();
    long before = Files.size(file);
    tally.add("second");
    tally.flush();
    byte[] whole = Files.readAllBytes(file);
    for (int length = (int) before; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      Tally again = tally(100);
      again.add("third");
      again.flush();
      assertThat(counts()).as("cut at %s", length).containsKeys("first", "third");
      assertThat(counts().getOrDefault("second", 1L)).isEqualTo(1);
    }
  }

  @Test
  void garbageIsLeftOut() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("dmarc-1000-2000.tally"), "[\n5\ta\nx\n]0\n[\n99999999999999999999\ta\n]");
    assertThat(counts()).isEmpty();
  }

  @Test
  void aBrokenDiskLosesNothingThatFits() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    Tally tally = new Tally(notAFolder, "dmarc", ReportSchedule.DAILY, 10, now::get);
    tally.add("kept");
    org.assertj.core.api.Assertions.assertThatIOException().isThrownBy(tally::flush);
    Files.delete(notAFolder);
    tally.flush();
    assertThat(
            TallyFile.over(notAFolder, "dmarc", NOON.plus(Duration.ofDays(9)))
                .getFirst()
                .read(_ -> true, 9)
                .counts())
        .containsEntry("kept", 1L);
  }

  @Test
  void threadsLoseNothing() throws Exception {
    Tally tally = tally(1_000);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 20_000; i++) {
                      tally.add("line " + i % 100);
                    }
                  }));
    }
    for (int i = 0; i < 20; i++) {
      tally.flush();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    tally.flush();
    assertThat(counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(80_000);
  }

  @Test
  void columns() {
    List<String> texts = List.of("", "a\tb", "c\\", "\r\n", "\\t", "é");
    assertThat(Columns.split(Columns.join(texts))).isEqualTo(texts);
    assertThat(Columns.join(texts)).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void periodsAndTimes() {
    Period day = ReportSchedule.DAILY.period(NOON);
    assertThat(day.begin()).isEqualTo(Instant.parse("2026-05-20T00:00:00Z"));
    assertThat(day.lastSecond()).isEqualTo(Instant.parse("2026-05-20T23:59:59Z"));
    assertThat(ReportSchedule.DAILY.before(NOON).end()).isEqualTo(day.begin());
    ReportSchedule hourly = new ReportSchedule(Duration.ofHours(1), Duration.ZERO);
    assertThat(hourly.period(NOON.plusSeconds(3_599)).begin()).isEqualTo(NOON);
    assertThat(hourly.sendAt(day, "x")).isEqualTo(day.end());
    Instant send = ReportSchedule.DAILY.sendAt(day, "example.com");
    assertThat(send)
        .isEqualTo(ReportSchedule.DAILY.sendAt(day, "example.com"))
        .isBetween(day.end(), day.end().plus(Duration.ofHours(4)));
    assertThat(day.length()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void marks() throws IOException {
    TallyFile file = TallyFile.of(folder, "dmarc", ReportSchedule.DAILY.period(NOON));
    new SentMarks(file).add("one");
    SentMarks again = new SentMarks(file);
    again.add("two");
    assertThat(new SentMarks(file).contains("one")).isTrue();
    assertThat(new SentMarks(file).contains("two")).isTrue();
    assertThat(again.contains("three")).isFalse();
    again.delete();
    assertThat(new SentMarks(file).contains("one")).isFalse();
  }
}
