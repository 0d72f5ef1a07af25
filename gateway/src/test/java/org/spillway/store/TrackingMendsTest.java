package org.spillway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** A database that is missing, damaged, behind or old never stops mail and comes right again. */
final class TrackingMendsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final RandomGenerator CHANCE = new Random(7);

  private final HandClock clock = new HandClock(NOW);
  private @TempDir Path directory;

  @BeforeAll
  static void withoutForces() {
    System.setProperty("derby.system.durability", "test"); // quick; what is tested is another thing
  }

  private Tracking open(int capacity) {
    DatabaseSettings settings = new DatabaseSettings(directory, Duration.ofDays(30));
    return new Tracking(settings, capacity, clock, Metrics.NONE);
  }

  private static Entry waiting(String to) {
    return Mails.entry(EntryId.next(NOW, CHANCE), "ann@example.org", to);
  }

  private static List<Trace> newest(Tracking tracking) {
    try {
      return tracking.find(TraceQuery.newest(5000));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** How many traces there are; -1 while the database cannot say. */
  private static int count(Tracking tracking) {
    try {
      return tracking.find(TraceQuery.newest(5000)).size();
    } catch (IOException notNow) {
      return -1;
    }
  }

  @Test
  void aDamagedDatabaseIsSetAsideAndRebuiltFromTheSpool() throws IOException {
    Entry held =
        Mails.standing(
            waiting("bob@one.example"),
            new Disposition.Held(NOW, Disposition.Reason.POLICY, "rule 7"));
    try (Tracking first = open(1000)) {
      first.track(TraceEvents.accepted(held, NOW));
      assertThat(first.flush(SOON)).isTrue();
    }
    Path database = directory.resolve("tracking");
    try (Stream<Path> files = Files.list(database.resolve("seg0"))) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[100]);
      }
    }
    Files.writeString(database.resolve("service.properties"), "nonsense=\\u00");
    try (Tracking second = open(1000)) {
      second.rebuildFrom(new LiveSpool(List.of(held)));
      await().atMost(SOON).until(() -> count(second) == 1);
      Trace trace = newest(second).getFirst();
      assertThat(trace.recipients().getFirst().status()).isEqualTo("held");
      assertThat(trace.events().getFirst().facts()).containsEntry("rebuilt", "yes");
      assertThat(second.broken()).isEmpty();
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .contains("tracking", "tracking.broken-20261124T060000000Z");
    }
  }

  @Test
  void whatWasClosedWellIsNotRebuilt() throws IOException {
    try (Tracking first = open(1000)) {
      first.rebuildFrom(new LiveSpool(List.of()));
      assertThat(first.flush(SOON)).isTrue();
    }
    try (Tracking second = open(1000)) {
      second.rebuildFrom(new LiveSpool(List.of(waiting("bob@one.example"))));
      assertThat(second.flush(SOON)).isTrue();
      second.track(TraceEvents.accepted(waiting("eve@one.example"), NOW));
      assertThat(newest(second)).hasSize(1);
    }
  }

  @Test
  void tooManyEventsAreCountedAndTheSpoolFillsTheGap() throws IOException {
    List<Entry> live =
        IntStream.range(0, 1200).mapToObj(i -> waiting("u" + i + "@x.example")).toList();
    try (Tracking tracking = open(100)) {
      tracking.rebuildFrom(new LiveSpool(live));
      live.forEach(entry -> tracking.track(TraceEvents.accepted(entry, NOW)));
      assertThat(tracking.dropped()).isPositive();
      await().atMost(SOON).until(() -> count(tracking) == 1200);
    }
  }

  @Test
  void oldTracesGoAndThoseThatStillWaitStay() throws IOException {
    Entry done = waiting("done@x.example");
    Entry waits = waiting("waits@x.example");
    try (Tracking tracking = open(1000)) {
      tracking.track(TraceEvents.accepted(done, NOW));
      tracking.track(TraceEvents.accepted(waits, NOW));
      tracking.track(
          TraceEvents.disposition(
              done.id(),
              List.of("done@x.example"),
              new Disposition.Discarded(NOW, "admin", "asked")));
      assertThat(newest(tracking)).hasSize(2);
      clock.forward(Duration.ofDays(31));
      await().atMost(SOON).until(() -> count(tracking) == 1);
      assertThat(newest(tracking).getFirst().summary().id()).isEqualTo(waits.id());
    }
  }

  @Test
  void withoutADatabaseTrackingTakesEventsAndSaysWhy() throws IOException {
    Files.writeString(directory.resolve("tracking"), "a file where the directory should be");
    Files.writeString(directory.resolve("other"), "x");
    DatabaseSettings nowhere =
        new DatabaseSettings(directory.resolve("other"), Duration.ofDays(30));
    try (Tracking tracking = new Tracking(nowhere, 10, clock, Metrics.NONE)) {
      tracking.track(TraceEvents.accepted(waiting("bob@one.example"), NOW));
      await().atMost(SOON).until(() -> tracking.broken().isPresent());
      IntStream.range(0, 50)
          .forEach(i -> tracking.track(TraceEvents.accepted(waiting("bob@one.example"), NOW)));
      assertThat(tracking.dropped()).isPositive();
    }
  }
}
