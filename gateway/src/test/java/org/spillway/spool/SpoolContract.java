package org.spillway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft.Accepted;

/** What every spool promises; most tests also go through a stop and a new start. */
public abstract class SpoolContract extends SpoolStandings {
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
}
