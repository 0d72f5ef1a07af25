package org.spillway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft.Accepted;

/** What every spool promises; each test also goes through a stop and a new start. */
public abstract class SpoolContract {
  @TempDir protected Path directory;
  private Spool spool;

  /** The spool under test over a directory. */
  protected abstract Spool open(SpoolSettings settings) throws IOException;

  /** Small sizes, so that every kind of segment and file comes up. */
  protected SpoolSettings settings() {
    return new SpoolSettings(
        directory, directory.resolve("key"), 256 << 10, 200_000, OptionalLong.empty(), 100_000);
  }

  @BeforeEach
  void start() throws IOException {
    spool = open(settings());
  }

  @AfterEach
  void stop() throws IOException {
    spool.close();
  }

  private void restart() throws IOException {
    spool.close();
    spool = open(settings());
  }

  private EntryId accepted(byte[] content, Accepted accepted) throws IOException {
    EntryId id = Samples.id();
    assertThat(Samples.put(spool, id, content, accepted)).isEqualTo(new Receipt.Safe(id, 1));
    return id;
  }

  private EntryId accepted(int recipients) throws IOException {
    return accepted(Samples.bytes(500, 1), Samples.plain(recipients));
  }

  private void assertHolds(EntryId id, byte[] content, Accepted accepted) throws IOException {
    Entry entry = spool.entry(id).orElseThrow();
    assertThat(entry.id()).isEqualTo(id);
    assertThat(entry.arrival()).isEqualTo(accepted.arrival());
    assertThat(entry.direction()).isEqualTo(accepted.direction());
    assertThat(entry.envelope()).isEqualTo(accepted.envelope());
    assertThat(entry.facts()).isEqualTo(accepted.facts());
    assertThat(entry.decision()).isEqualTo(accepted.decision());
    assertThat(entry.standings()).isEqualTo(accepted.standings());
    assertThat(entry.content().sizeBytes()).isEqualTo(content.length);
    assertThat(Samples.read(entry.content())).isEqualTo(content);
    assertThat(Samples.read(entry.content())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 10_000, 65_535, 65_536, 65_537, 131_072, 200_000, 200_001, 262_144, 700_000})
  void givesBackWhatItAccepted(int length) throws IOException {
    byte[] content = Samples.bytes(length, length);
    EntryId id = accepted(content, Samples.rich());
    assertHolds(id, content, Samples.rich());
    restart();
    assertHolds(id, content, Samples.rich());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 65_536, 150_000, 600_000})
  void showsTheContentBeforeTheCommit(int length) throws IOException {
    byte[] content = Samples.bytes(length, length);
    EntryId id = Samples.id();
    try (Draft draft = spool.draft(id)) {
      Samples.write(draft, content);
      assertThat(draft.content().sizeBytes()).isEqualTo(length);
      assertThat(Samples.read(draft.content())).isEqualTo(content);
      assertThat(Samples.read(draft.content())).isEqualTo(content);
      assertThat(draft.commit(Samples.plain(1))).isInstanceOf(Receipt.Safe.class);
    }
    assertHolds(id, content, Samples.plain(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 150_000, 600_000})
  void forgetsADraftThatIsNotCommitted(int length) throws IOException {
    EntryId id = Samples.id();
    try (Draft draft = spool.draft(id)) {
      Samples.write(draft, Samples.bytes(length, 1));
    }
    assertThat(spool.entry(id)).isEmpty();
    restart();
    assertThat(spool.entry(id)).isEmpty();
    assertThat(spool.liveEntries()).isZero();
  }

  @Test
  void keepsEveryDisposition() throws IOException {
    List<Disposition> all = Samples.dispositions();
    EntryId id = accepted(all.size());
    Map<Integer, Disposition> changes = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      changes.put(i, all.get(i));
    }
    spool.settle(id, changes);
    assertThat(spool.entry(id).orElseThrow().standings()).isEqualTo(all);
    restart();
    assertThat(spool.entry(id).orElseThrow().standings()).isEqualTo(all);
  }

  @Test
  void recipientsAreSettledOneByOneUntilTheEntryIsGone() throws IOException {
    EntryId id = accepted(3);
    spool.settle(id, Map.of(1, Samples.delivered()));
    spool.settle(id, Map.of(0, Samples.deferred()));
    List<Disposition> now =
        List.of(Samples.deferred(), Samples.delivered(), Disposition.Waiting.fresh(Samples.NOW));
    assertThat(spool.entry(id).orElseThrow().standings()).isEqualTo(now);
    restart();
    assertThat(spool.entry(id).orElseThrow().standings()).isEqualTo(now);

    spool.settle(id, Map.of(0, Samples.delivered(), 2, Samples.delivered()));
    assertThat(spool.entry(id)).isEmpty();
    assertThat(spool.liveEntries()).isZero();
    restart();
    assertThat(spool.entry(id)).isEmpty();
    assertThat(spool.liveEntries()).isZero();
  }

  @Test
  void whatIsHeldOrInQuarantineStays() throws IOException {
    EntryId id = accepted(1);
    spool.settle(id, Map.of(0, new Disposition.Quarantined(Samples.NOW, "a virus")));
    restart();
    assertThat(spool.entry(id)).isPresent();
    assertThat(spool.liveEntries()).isEqualTo(1);
  }

  @Test
  void anAttemptWithoutAnOutcomeIsUnknownAfterAStop() throws IOException {
    EntryId id = accepted(3);
    spool.attempt(id, List.of(0, 2), Samples.CLOUD, "relay.example.net");
    spool.attempt(id, List.of(1), Samples.ONPREM, "10.0.0.5");
    spool.settle(id, Map.of(0, Samples.deferred(), 1, Samples.delivered()));
    restart();
    List<Disposition> standings = spool.entry(id).orElseThrow().standings();
    assertThat(standings.subList(0, 2)).containsExactly(Samples.deferred(), Samples.delivered());
    assertThat(standings.get(2))
        .isInstanceOfSatisfying(
            Disposition.Waiting.class,
            waiting -> {
              assertThat(waiting.unknownAt()).contains(Samples.CLOUD);
              assertThat(waiting.attempts()).isEqualTo(1);
            });
    restart();
    assertThat(spool.entry(id).orElseThrow().standings()).isEqualTo(standings);
  }

  @Test
  void anAttemptAfterTheLastChangeIsNotForgotten() throws IOException {
    EntryId id = accepted(2);
    spool.attempt(id, List.of(0), Samples.ONPREM, "10.0.0.5");
    spool.settle(id, Map.of(0, Samples.deferred()));
    spool.attempt(id, List.of(0), Samples.ONPREM, "10.0.0.6");
    restart();
    assertThat(spool.entry(id).orElseThrow().standings().get(0))
        .isInstanceOfSatisfying(
            Disposition.Waiting.class,
            waiting -> {
              assertThat(waiting.unknownAt()).contains(Samples.ONPREM);
              assertThat(waiting.attempts()).isEqualTo(2);
            });
  }

  @Test
  void whatIsGoneIsNotTriedAndNotSettledAgain() throws IOException {
    EntryId id = accepted(1);
    spool.settle(id, Map.of(0, Samples.delivered()));
    spool.settle(id, Map.of(0, Samples.deferred()));
    assertThat(spool.entry(id)).isEmpty();
    assertThatThrownBy(() -> spool.attempt(id, List.of(0), Samples.ONPREM, "10.0.0.5"))
        .isInstanceOf(IOException.class);
    assertThat(spool.entry(Samples.id())).isEmpty();
  }

  @Test
  void showsWhatIsLiveInTheOrderOfAcceptance() throws IOException {
    List<EntryId> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(accepted(Samples.bytes(i % 7 * 20_000, i), Samples.plain(1, "nr " + i)));
    }
    for (int i = 0; i < 40; i += 3) {
      spool.settle(ids.get(i), Map.of(0, Samples.delivered()));
    }
    List<EntryId> left = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      if (i % 3 != 0) {
        left.add(ids.get(i));
      }
    }
    assertThat(shown()).isEqualTo(left);
    restart();
    assertThat(shown()).isEqualTo(left);
    assertThat(spool.liveEntries()).isEqualTo(left.size());
  }

  private List<EntryId> shown() throws IOException {
    List<EntryId> shown = new ArrayList<>();
    spool.forEachLive(entry -> shown.add(entry.id()));
    return shown;
  }

  @Test
  void manyThreadsAtOnce() throws Exception {
    Map<EntryId, byte[]> kept = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        int thread = t;
        all.add(threads.submit(() -> work(thread, kept)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(spool.liveEntries()).isEqualTo(kept.size());
    restart();
    assertThat(spool.liveEntries()).isEqualTo(kept.size());
    for (Map.Entry<EntryId, byte[]> one : kept.entrySet()) {
      Entry entry = spool.entry(one.getKey()).orElseThrow();
      assertThat(Samples.read(entry.content())).isEqualTo(one.getValue());
      assertThat(entry.standings()).containsExactly(Samples.deferred());
    }
  }

  private Void work(int thread, Map<EntryId, byte[]> kept) throws IOException {
    for (int i = 0; i < 12; i++) {
      byte[] content = Samples.bytes(i * 997, thread * 100L + i);
      EntryId id = accepted(content, Samples.plain(1));
      spool.attempt(id, List.of(0), Samples.ONPREM, "10.0.0.5");
      boolean keep = i % 2 == 0;
      spool.settle(id, Map.of(0, keep ? Samples.deferred() : Samples.delivered()));
      if (keep) {
        kept.put(id, content);
      }
    }
    return null;
  }

  @Test
  void nothingIsReadableOnTheDisk() throws IOException {
    byte[] content = "a very secret sentence that nobody may see. ".repeat(9000).getBytes();
    accepted(Arrays.copyOf(content, 5000), Samples.plain(1, "unseen subject"));
    accepted(content, Samples.plain(1, "unseen subject"));
    EntryId id = accepted(2);
    spool.attempt(id, List.of(0), Samples.ONPREM, "unseen.example");
    spool.settle(id, Map.of(1, new Disposition.Bounced(Samples.NOW, "5.0.0", "unseen reason")));
    spool.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("secret sentence", "unseen", "example");
      }
    }
    spool = open(settings());
  }

  @Test
  void anotherKeyDoesNotOpenIt() throws IOException {
    accepted(1);
    spool.close();
    Path key = settings().keyFile();
    byte[] right = Files.readAllBytes(key);
    Files.delete(key);
    assertThatThrownBy(
            () -> {
              try (Spool other = open(settings())) {
                other.forEachLive(_ -> {});
              }
            })
        .isInstanceOf(IOException.class);
    Files.write(key, right);
    spool = open(settings());
    assertThat(spool.liveEntries()).isEqualTo(1);
  }

  @Test
  void fullMeansFullAndThereIsRoomAgainAfterwards() throws IOException {
    spool.close();
    SpoolSettings normal = settings();
    SpoolSettings small =
        new SpoolSettings(
            directory, normal.keyFile(), 64 << 10, 1 << 20, OptionalLong.of(2 << 20), 50_000);
    spool = open(small);
    List<EntryId> ids = new ArrayList<>();
    Receipt last = new Receipt.NotSafe("not tried");
    for (int i = 0; i < 400; i++) {
      EntryId id = Samples.id();
      last = Samples.put(spool, id, Samples.bytes(8_000, i), Samples.plain(1));
      if (last instanceof Receipt.Safe) {
        ids.add(id);
      } else {
        break;
      }
    }
    assertThat(last).isInstanceOf(Receipt.Full.class);
    assertThat(spool.broken()).isEmpty();
    assertThat(ids).hasSizeGreaterThan(100);
    assertThat(spool.room().level()).isNotEqualTo(Room.Level.NORMAL);

    for (EntryId id : ids.subList(0, ids.size() - 20)) {
      spool.attempt(id, List.of(0), Samples.ONPREM, "10.0.0.5");
      spool.settle(id, Map.of(0, Samples.delivered()));
    }
    makeRoom(spool);
    Receipt again = Samples.put(spool, Samples.id(), Samples.bytes(8_000, 7), Samples.plain(1));
    assertThat(again).isInstanceOf(Receipt.Safe.class);
    spool.close();
    spool = open(small);
    assertThat(spool.liveEntries()).isEqualTo(21);
  }

  /** Lets the spool do now what it does by and by. */
  protected void makeRoom(Spool full) throws IOException {}

  @Test
  void manyRecipients() throws IOException {
    Accepted accepted = Samples.plain(1000);
    EntryId id = accepted(Samples.bytes(100, 3), accepted);
    Map<Integer, Disposition> all = new HashMap<>();
    for (int i = 0; i < 999; i++) {
      all.put(i, Samples.delivered());
    }
    spool.settle(id, all);
    restart();
    List<Disposition> expected = new ArrayList<>(Collections.nCopies(999, Samples.delivered()));
    expected.add(Disposition.Waiting.fresh(Samples.NOW));
    assertThat(spool.entry(id).orElseThrow().standings()).isEqualTo(expected);
  }
}
