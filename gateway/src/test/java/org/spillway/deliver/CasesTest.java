package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.FakeCourier.Mood;
import org.spillway.mail.Address;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.route.Health;
import org.spillway.route.HealthSettings;
import org.spillway.route.SampleSite;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;

/**
 * The outage cases of the reference's §3.5, by their names there. C6 is SmallDiskIT, C8
 * CrashLoopIT.
 */
final class CasesTest {
  private static Health health(Story story) {
    return story.board.standings().get(new SiteName("onprem")).health();
  }

  private static Story hybrid() {
    return Story.of(OutageTest.HYBRID, OutageTest.ONPREM, OutageTest.CLOUD);
  }

  @Test
  void c1PrimaryKilledDuringDataLosesNothingAndNeverCrossesPaths() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = Mood.CUTS_AFTER_FINAL_DOT;
      EntryId cut = story.outbound("x@world.example");
      story.pass(Duration.ofSeconds(1));
      story.server("onprem").mood = Mood.REFUSES;
      EntryId later = story.outbound("y@world.example");
      story.pass(Duration.ofMinutes(20));
      assertThat(story.fate(later)).isEqualTo("cloud(spill)");
      assertThat(story.standing(cut))
          .isInstanceOfSatisfying(
              Disposition.Waiting.class,
              w -> assertThat(w.unknownAt()).contains(new SiteName("onprem")));
      story.server("onprem").mood = Mood.WELL;
      story.pass(Duration.ofMinutes(10));
      assertThat(story.fate(cut)).isEqualTo("onprem");
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void c1UnknownIsNotTriedAgainBeforeTenMinutes() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = Mood.CUTS_AFTER_FINAL_DOT;
      EntryId cut = story.outbound("x@world.example");
      story.pass(Duration.ofSeconds(1));
      story.server("onprem").mood = Mood.WELL;
      story.pass(Duration.ofSeconds(597));
      assertThat(story.fate(cut)).isEqualTo("Waiting");
      story.pass(Duration.ofMinutes(2));
      assertThat(story.fate(cut)).isEqualTo("onprem");
    }
  }

  @Test
  void c2BlackHoleIsFoundAndSpilledRound() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = Mood.BLACK_HOLE;
      List<EntryId> sent = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        sent.add(story.outbound("x@world.example"));
        story.pass(Duration.ofSeconds(1));
      }
      assertThat(health(story)).isInstanceOf(Health.Down.class);
      story.pass(Duration.ofMinutes(1));
      assertThat(sent).allMatch(id -> story.fate(id).equals("cloud(spill)"));
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void c3ABannerWithoutAStoreIsDown() {
    Address canary = Address.parse("canary@example.com").orElseThrow();
    HealthSettings d = HealthSettings.DEFAULT;
    HealthSettings deep =
        new HealthSettings(
            d.failures(),
            d.window(),
            d.windowAttempts(),
            d.windowFailureRatio(),
            d.probeEvery(),
            d.probeRelayEvery(),
            d.probeRelayDownEvery(),
            d.hold(),
            d.holdMax(),
            d.goodProbes(),
            d.goodFor(),
            d.stableFor(),
            d.spillAfter(),
            Optional.of(canary));
    Site onprem = SampleSite.pool("onprem").health(deep).site();
    try (Story story = Story.of(OutageTest.HYBRID, onprem, OutageTest.CLOUD)) {
      story.server("onprem").mood = Mood.STORE_DOWN;
      EntryId mail = story.outbound("x@world.example");
      story.pass(Duration.ofSeconds(80));
      assertThat(health(story))
          .isInstanceOfSatisfying(Health.Down.class, h -> assertThat(h.why()).contains("RCPT"));
      story.pass(Duration.ofMinutes(10));
      assertThat(story.fate(mail)).isEqualTo("cloud(spill)");
    }
  }

  @Test
  void c4FlappingEveryTwentySecondsFailsBackAtMostOnceInFiveMinutes() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = Mood.REFUSES;
      story.pass(Duration.ofMinutes(3));
      int[] returns = new int[1];
      story.board.listen(
          site ->
              returns[0] +=
                  story.board.standings().get(new SiteName("onprem")).isTrusted() ? 1 : 0);
      for (int i = 0; i < 60; i++) {
        story.server("onprem").mood = i % 2 == 0 ? Mood.WELL : Mood.REFUSES;
        for (int j = 0; j < 20; j++) {
          story.outbound("x@world.example");
          story.pass(Duration.ofSeconds(1));
        }
      }
      assertThat(returns[0]).isLessThanOrEqualTo(60 * 20 / 300);
      story.server("onprem").mood = Mood.WELL;
      story.pass(Duration.ofMinutes(30));
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void c5ABacklogDrainsWhileFreshMailPasses() {
    int backlog = 100_000;
    try (Story story = hybrid()) {
      story.server("onprem").takes = Duration.ofMillis(100);
      for (int i = 0; i < 1200; i++) { // before the outage: 40 a second
        story.inbound("ann@example.com");
        story.pass(Duration.ofMillis(25));
      }
      story.server("onprem").mood = Mood.REFUSES;
      for (int i = 0; i < backlog; i++) {
        story.inbound("ann@example.com");
      }
      story.pass(Duration.ofMinutes(3));
      FakeCourier.Server onprem = story.server("onprem");
      onprem.mood = Mood.WELL;
      onprem.mostOpen = 0;
      while (health(story) instanceof Health.Down) {
        story.pass(Duration.ofSeconds(1));
      }
      List<Long> waits = freshMailDuringDrain(story);
      waits.sort(null);
      long p95 = waits.get(waits.size() * 95 / 100);
      assertThat(Duration.ofNanos(p95)).isLessThan(Duration.ofSeconds(60));
      assertThat(onprem.mostOpen).isBetween(10, 20);
      story.pass(Duration.ofMinutes(30));
      story.everyRecipientEndedOnce();
    }
  }

  private static long queued(Story story) {
    return story.spool.entries.size() - story.server("onprem").taken.size();
  }

  /** Two messages a second while the backlog drains; how long each took. */
  private static List<Long> freshMailDuringDrain(Story story) {
    List<EntryId> fresh = new ArrayList<>();
    List<Long> at = new ArrayList<>();
    while (queued(story) > 100 && fresh.size() < 2000) {
      fresh.add(story.inbound("tim@example.com"));
      at.add(story.world.time.nanos());
      story.pass(Duration.ofMillis(500));
    }
    story.pass(Duration.ofMinutes(2));
    java.util.Map<EntryId, Long> taken = new java.util.HashMap<>();
    story.server("onprem").taken.forEach(t -> taken.put(t.id(), t.tick()));
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      waits.add(taken.getOrDefault(fresh.get(i), Long.MAX_VALUE) - at.get(i));
    }
    return waits;
  }

  @Test
  void c7AClockSteppedByAnHourChangesNothing() {
    for (int hours : List.of(1, -1)) {
      try (Story story = hybrid()) {
        story.server("onprem").mood = Mood.STORE_DOWN;
        EntryId deferred = story.outbound("x@world.example");
        story.pass(Duration.ofSeconds(10));
        story.world.time.stepWallClock(Duration.ofHours(hours));
        int attempts = story.server("onprem").attempts;
        story.pass(Duration.ofSeconds(30));
        assertThat(story.server("onprem").attempts).isEqualTo(attempts);
        story.server("onprem").mood = Mood.WELL;
        EntryId after = story.outbound("y@world.example");
        story.pass(Duration.ofSeconds(40));
        assertThat(health(story)).isNotInstanceOf(Health.Down.class);
        assertThat(story.fate(deferred)).isEqualTo("onprem");
        assertThat(story.fate(after)).isEqualTo("onprem");
        assertThat(story.delayNotices).isEmpty();
      }
    }
  }

  @Test
  void c7AnOutageIsNotLongerForASteppedClock() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = Mood.REFUSES;
      EntryId mail = story.outbound("x@world.example");
      story.pass(Duration.ofSeconds(90));
      assertThat(health(story)).isInstanceOf(Health.Down.class);
      story.world.time.stepWallClock(Duration.ofHours(1));
      story.pass(Duration.ofSeconds(20));
      assertThat(story.fate(mail)).as("spills by elapsed time").isEqualTo("Waiting");
      story.pass(Duration.ofSeconds(120));
      assertThat(story.fate(mail)).isEqualTo("cloud(spill)");
    }
  }

  @Test
  void c9AThrottleStormLosesAndBouncesNothing() {
    try (Story story = hybrid()) {
      story.board.pin(
          new SiteName("onprem"),
          new org.spillway.route.Pin(
              org.spillway.route.Pin.Kind.FORCE_SPILL,
              story.world.time.instant().plusSeconds(7200),
              "root",
              "test"));
      int[] tokens = {100};
      story
          .server("cloud")
          .script(
              seen ->
                  tokens[0]-- > 0
                      ? new Outcome.Relayed(
                          "cloud", org.spillway.mail.Reply.of(250, "2.0.0", "ok"), false)
                      : FakeCourier.deferred(
                          "cloud",
                          "454 4.3.0",
                          "Throttling failure: Maximum sending rate exceeded",
                          new Effect.Throttled(Duration.ofSeconds(5))));
      for (int i = 0; i < 500; i++) {
        story.outbound("x@world.example");
      }
      story.pass(Duration.ofMinutes(2));
      int asked = story.server("cloud").attempts;
      assertThat(asked).as("no storm of our own").isLessThan(300);
      tokens[0] = Integer.MAX_VALUE;
      story.pass(Duration.ofHours(1));
      story.everyRecipientEndedOnce();
      assertThat(story.server("cloud").taken).hasSize(500);
    }
  }

  @Test
  void quotaReachedAtAMessageSendsTheRestByTheNextRelayEachOnce() {
    Site second = SampleSite.relay("second").site();
    var routes =
        new org.spillway.route.RouteTable(
            List.of(Story.route(Direction.OUTBOUND, "cloud", "second")));
    try (Story story = Story.of(routes, OutageTest.CLOUD, second)) {
      int[] left = {30};
      story
          .server("cloud")
          .script(
              seen ->
                  left[0]-- > 0
                      ? new Outcome.Relayed(
                          "cloud", org.spillway.mail.Reply.of(250, "2.0.0", "ok"), false)
                      : FakeCourier.failed(
                          "cloud",
                          "550 5.7.1",
                          "Daily SMTP relay limit exceeded for customer",
                          new Effect.QuotaUsed(Duration.ofHours(1))));
      for (int i = 0; i < 100; i++) {
        story.outbound("x@world.example");
      }
      story.pass(Duration.ofMinutes(2));
      assertThat(story.server("cloud").taken).hasSize(30);
      assertThat(story.server("second").taken).hasSize(70);
      story.everyRecipientEndedOnce();
      assertThat(Set.copyOf(story.spool.entries.values()))
          .allMatch(e -> e.standings().getFirst() instanceof Disposition.Delivered);
    }
  }
}
