package org.spillway.spool.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft;
import org.spillway.spool.Receipt;
import org.spillway.spool.Samples;

/** What the log does when the disk, the partner or the lease fails, one fault at a time. */
final class FaultTest {
  @TempDir Path keys;
  private Rig rig;
  private FaultyDisk disk;
  private SegmentSpool spool;

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(keys);
    disk = new FaultyDisk();
    spool = rig.open(disk);
    spool.keep(); // the spares are made
  }

  @AfterEach
  void close() {
    Rig.drop(spool);
  }

  private void restart() throws IOException {
    Rig.drop(spool);
    spool = rig.open(disk);
  }

  private Receipt put(EntryId id, int bytes) throws IOException {
    return Samples.put(spool, id, Samples.bytes(bytes, id.low()), Samples.plain(1));
  }

  private EntryId safe(int bytes) throws IOException {
    EntryId id = Samples.id();
    assertThat(put(id, bytes)).isEqualTo(new Receipt.Safe(id, 1));
    return id;
  }

  @Test
  void theFirstFailedForceBreaksTheSpoolAndIsNotRetried() throws IOException {
    EntryId before = safe(500);
    disk.failForce(1);
    EntryId refused = Samples.id();
    assertThat(put(refused, 500)).isInstanceOf(Receipt.NotSafe.class);
    assertThat(spool.broken()).hasValueSatisfying(why -> assertThat(why).contains("Input/output"));
    disk.startJournal();
    assertThat(put(Samples.id(), 500)).isInstanceOf(Receipt.NotSafe.class);
    assertThat(put(Samples.id(), 60_000)).isInstanceOf(Receipt.NotSafe.class);
    assertThatThrownBy(() -> spool.attempt(before, List.of(0), Samples.ONPREM, "h"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> spool.settle(before, Map.of(0, Samples.deferred())))
        .isInstanceOf(IOException.class);
    assertThat(spool.entry(before).orElseThrow().standings()).containsExactly(Samples.deferred());
    assertThat(disk.journal()).noneMatch(line -> line.contains("seg-"));
    restart();
    assertThat(spool.entry(before)).isPresent();
  }

  @Test
  void aFailedForceOfAContentFileBreaksTheSpoolToo() throws IOException {
    disk.failForce(1);
    assertThat(put(Samples.id(), 60_000)).isInstanceOf(Receipt.NotSafe.class);
    assertThat(spool.broken()).isPresent();
  }

  @Test
  void aFullDiskRefusesAndNothingRefusedEverComesBack() throws IOException {
    EntryId first = safe(500);
    disk.capacity(0);
    List<EntryId> safe = new ArrayList<>(List.of(first));
    List<EntryId> refused = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      EntryId id = Samples.id();
      switch (put(id, 9_000)) {
        case Receipt.Safe _ -> safe.add(id);
        case Receipt.Full _ -> refused.add(id);
        case Receipt.NotSafe notSafe -> throw new AssertionError(notSafe);
      }
    }
    assertThat(refused).isNotEmpty();
    assertThat(put(Samples.id(), 60_000)).isInstanceOf(Receipt.Full.class);
    assertThat(spool.broken()).isEmpty();
    spool.settle(first, Map.of(0, Samples.delivered())); // our own state still goes in
    disk.capacity(Long.MAX_VALUE / 2);
    spool.keep();
    safe.add(safe(9_000));
    safe.remove(first);
    restart();
    assertThat(Rig.live(spool)).isEqualTo(safe);
  }

  @Test
  void aWriteCutShortByAFullDiskLeavesNothingBehind() throws IOException {
    // The file of the content grows as it is written, so here the write itself runs full.
    disk.capacity(disk.files().stream().mapToLong(file -> disk.bytes(file).length).sum() + 20_000);
    EntryId id = Samples.id();
    assertThat(put(id, 60_000)).isInstanceOf(Receipt.Full.class);
    assertThat(disk.files()).noneMatch(file -> file.toString().endsWith(".body"));
    disk.capacity(Long.MAX_VALUE / 2);
    spool.keep();
    assertThat(put(id, 60_000)).isInstanceOf(Receipt.Safe.class);
  }

  @Test
  void oneSmallMessageIsOneWriteAndOneForce() throws IOException {
    SegmentSpool.Figures before = spool.figures();
    safe(10_000);
    assertThat(spool.figures())
        .isEqualTo(new SegmentSpool.Figures(before.forces() + 1, before.writes() + 1));
  }

  @Test
  void anAttemptIsWrittenAndNotForced() throws IOException {
    EntryId id = safe(100);
    SegmentSpool.Figures before = spool.figures();
    spool.attempt(id, List.of(0), Samples.ONPREM, "10.0.0.5");
    assertThat(spool.figures())
        .isEqualTo(new SegmentSpool.Figures(before.forces(), before.writes() + 1));
  }

  @Test
  void everyRolledSegmentIsForcedAfterItsLastWrite() throws IOException {
    disk.startJournal();
    for (int i = 0; i < 30; i++) {
      safe(9_000);
      List<String> journal = disk.journal();
      assertThat(journal.getLast()).startsWith("force "); // the 250 comes after it
    }
    Map<String, String> last = new HashMap<>();
    disk.journal().forEach(line -> last.put(line.split(" ")[1], line));
    assertThat(last).hasSizeGreaterThan(3);
    assertThat(last.values()).allMatch(line -> line.startsWith("force "));
  }

  @Test
  void aContentFileIsForcedBeforeTheRecordThatNamesIt() throws IOException {
    disk.startJournal();
    safe(60_000);
    List<String> journal = disk.journal();
    int body = last(journal, "force", ".body");
    assertThat(body).isNotNegative().isLessThan(last(journal, "write", ".log"));
    assertThat(last(journal, "write", ".body")).isLessThan(body);
  }

  private static int last(List<String> journal, String what, String suffix) {
    int last = -1;
    for (int i = 0; i < journal.size(); i++) {
      if (journal.get(i).startsWith(what) && journal.get(i).endsWith(suffix)) {
        last = i;
      }
    }
    return last;
  }

  @Test
  void withoutALeaseNothingIsAcknowledgedAndNothingOfItStays() throws IOException {
    rig.lease(false);
    EntryId id = Samples.id();
    assertThat(put(id, 500)).isInstanceOf(Receipt.NotSafe.class);
    assertThat(spool.entry(id)).isEmpty();
    rig.lease(true);
    assertThat(spool.broken()).isEmpty();
    EntryId next = safe(500);
    restart();
    assertThat(Rig.live(spool)).containsExactly(next);
  }

  @Test
  void aLostPartnerMeansNotSafe() throws IOException {
    rig.copied(CompletableFuture.failedStage(new IOException("partner is gone")));
    EntryId id = Samples.id();
    assertThat(put(id, 500)).isInstanceOf(Receipt.NotSafe.class);
    EntryId withFile = Samples.id();
    assertThat(put(withFile, 60_000)).isInstanceOf(Receipt.NotSafe.class);
    rig.copied(CompletableFuture.completedStage(2));
    EntryId next = Samples.id();
    assertThat(put(next, 500)).isEqualTo(new Receipt.Safe(next, 2));
    restart();
    assertThat(Rig.live(spool)).containsExactly(next);
  }

  @Test
  void theAcknowledgeWaitsForThePartner() throws Exception {
    CompletableFuture<Integer> partner = new CompletableFuture<>();
    rig.copied(partner);
    EntryId id = Samples.id();
    AtomicReference<Receipt> receipt = new AtomicReference<>();
    long before = spool.figures().forces();
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    receipt.set(put(id, 500));
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    while (spool.figures().forces() == before) {
      Thread.onSpinWait();
    }
    assertThat(receipt.get()).isNull();
    assertThat(spool.entry(id)).isEmpty();
    partner.complete(2);
    assertThat(sender.join(Duration.ofSeconds(10))).isTrue();
    assertThat(receipt.get()).isEqualTo(new Receipt.Safe(id, 2));
    assertThat(spool.entry(id)).isPresent();
  }

  @Test
  void anInterruptedSenderStillGetsAnHonestAnswer() throws Exception {
    EntryId id = Samples.id();
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              Thread.currentThread().interrupt();
              try (Draft draft = spool.draft(id)) {
                draft.write(ByteBuffer.wrap(new byte[500]));
                receipt.complete(draft.commit(Samples.plain(1)));
              } catch (IOException e) {
                receipt.completeExceptionally(e);
              }
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    assertThat(receipt.get(10, TimeUnit.SECONDS)).isInstanceOf(Receipt.Safe.class);
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(spool.broken()).isEmpty();
  }

  @Test
  void aClockThatJumpsChangesNothing() throws IOException {
    Rig.drop(spool);
    AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
    spool = rig.open(disk, 64 << 10, now::get);
    List<EntryId> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      now.set(Samples.NOW.plusSeconds(i % 2 == 0 ? 86_400 * 365 : -86_400 * 365));
      EntryId id = EntryId.next(now.get(), new SplittableRandom(i));
      assertThat(put(id, 100)).isInstanceOf(Receipt.Safe.class);
      ids.add(id);
    }
    Rig.drop(spool);
    now.set(Instant.EPOCH);
    spool = rig.open(disk, 64 << 10, now::get);
    assertThat(Rig.live(spool)).isEqualTo(ids);
  }
}
