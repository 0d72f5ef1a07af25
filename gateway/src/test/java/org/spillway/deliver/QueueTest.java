package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Reply;
import org.spillway.policy.Constraints;
import org.spillway.route.RouteTable;
import org.spillway.route.SampleSite;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** What the rest of the gateway may ask of the queue. */
final class QueueTest {
  private static Story hybrid() {
    return Story.of(OutageTest.HYBRID, OutageTest.ONPREM, OutageTest.CLOUD);
  }

  @Test
  void whatWaitsCanBeWithdrawnAndWhatIsInFlightCanNot() {
    try (Story story = hybrid()) {
      EntryId mail = story.inbound("ann@example.com");
      story.pass(Duration.ofMillis(10));
      assertThat(story.delivering.queue().withdraw(mail, Set.of(0))).isFalse();
      story.pass(Duration.ofSeconds(1));
      assertThat(story.delivering.queue().withdraw(mail, Set.of(0))).as("gone already").isTrue();

      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      EntryId waits = story.inbound("ann@example.com", "tim@example.com");
      story.pass(Duration.ofSeconds(1));
      assertThat(story.delivering.queue().withdraw(waits, Set.of(0))).isTrue();
      story.spool.settle(
          waits, Map.of(0, new Disposition.Discarded(story.world.time.instant(), "root", "test")));
      story.server("onprem").mood = FakeCourier.Mood.WELL;
      story.pass(Duration.ofMinutes(5));
      assertThat(story.standing(waits, 0)).isInstanceOf(Disposition.Discarded.class);
      assertThat(story.standing(waits, 1)).isInstanceOf(Disposition.Delivered.class);
      assertThat(story.server("onprem").taken).hasSize(2);
    }
  }

  @Test
  void retryNowEndsABackOff() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = FakeCourier.Mood.STORE_DOWN;
      EntryId mail = story.inbound("ann@example.com");
      story.pass(Duration.ofSeconds(1));
      story.server("onprem").mood = FakeCourier.Mood.WELL;
      assertThat(story.delivering.queue().retryNow(mail)).isTrue();
      story.pass(Duration.ofSeconds(1));
      assertThat(story.fate(mail)).isEqualTo("onprem");
      assertThat(story.delivering.queue().retryNow(mail)).isFalse();
    }
  }

  @Test
  void addingTwiceDeliversOnce() {
    try (Story story = hybrid()) {
      EntryId mail = story.inbound("ann@example.com");
      story.delivering.queue().add(story.spool.entries.get(mail));
      story.pass(Duration.ofSeconds(1));
      assertThat(story.server("onprem").taken).hasSize(1);
    }
  }

  @Test
  void heldRecipientsAreLeftAlone() {
    try (Story story = hybrid()) {
      Entry entry = story.entry(Direction.INBOUND, Constraints.NONE, "ann@example.com");
      Disposition held =
          new Disposition.Held(story.world.time.instant(), Disposition.Reason.LOOP, "came back");
      story.spool.put(
          new Entry(
              entry.id(),
              entry.arrival(),
              entry.direction(),
              entry.envelope(),
              entry.facts(),
              entry.decision(),
              List.of(held),
              entry.content()));
      story.delivering.queue().add(story.spool.entries.get(entry.id()));
      story.pass(Duration.ofDays(10));
      assertThat(story.standing(entry.id())).isEqualTo(held);
      assertThat(story.server("onprem").attempts).isZero();
    }
  }

  @Test
  void theRowsSayWhatWaitsWhere() {
    try (Story story = hybrid()) {
      story.server("onprem").takes = Duration.ofSeconds(10);
      for (int i = 0; i < 8; i++) {
        story.inbound("ann@example.com");
      }
      story.pass(Duration.ofSeconds(2));
      assertThat(row(story, Optional.of("onprem")))
          .isEqualTo(
              new Queue.SiteQueue(
                  Optional.of(new SiteName("onprem")), 3, 5, 5, Duration.ofSeconds(2)));
      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      story.pass(Duration.ofMinutes(4));
      assertThat(row(story, Optional.empty()).waiting()).isEqualTo(8);
    }
  }

  private static Queue.SiteQueue row(Story story, Optional<String> site) {
    return story.delivering.queue().sites().stream()
        .filter(row -> row.site().equals(site.map(SiteName::new)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aReloadLosesNoTicketAndPlansAnew() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      List<EntryId> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(story.inbound("ann@example.com"));
      }
      story.pass(Duration.ofMinutes(10));
      EntryId waits = story.inbound("ann@example.com");
      story.pass(Duration.ofSeconds(1));
      RouteTable next = new RouteTable(List.of(Story.route(Direction.INBOUND, "second")));
      story.delivering.reconfigure(Story.paths(next, SampleSite.pool("second").site()));
      story.pass(Duration.ofMinutes(20));
      assertThat(sent).allMatch(id -> story.fate(id).equals("second"));
      assertThat(story.fate(waits)).isEqualTo("second");
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void anAttemptInFlightDuringAReloadEndsOnce() {
    try (Story story = hybrid()) {
      story.server("onprem").takes = Duration.ofSeconds(10);
      EntryId mail = story.inbound("ann@example.com");
      story.pass(Duration.ofSeconds(1));
      story.delivering.reconfigure(Story.paths(OutageTest.HYBRID, OutageTest.ONPREM));
      story.pass(Duration.ofMinutes(1));
      assertThat(story.fate(mail)).isEqualTo("onprem");
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void anAttemptThatFailsDuringAReloadGoesByTheNewRoutes() {
    try (Story story = hybrid()) {
      story.server("onprem").mood = FakeCourier.Mood.BLACK_HOLE;
      EntryId mail = story.inbound("ann@example.com");
      story.pass(Duration.ofSeconds(1));
      RouteTable next = new RouteTable(List.of(Story.route(Direction.INBOUND, "second")));
      story.delivering.reconfigure(Story.paths(next, SampleSite.pool("second").site()));
      story.pass(Duration.ofMinutes(3));
      assertThat(story.fate(mail)).isEqualTo("second");
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void afterAStopNothingStartsAndARestartGoesOnFromTheSpool() {
    List<Entry> left;
    try (Story story = hybrid()) {
      story.server("onprem").takes = Duration.ofSeconds(10);
      for (int i = 0; i < 12; i++) {
        story.inbound("ann@example.com");
      }
      story.pass(Duration.ofSeconds(1));
      assertThat(story.delivering.stop(Duration.ZERO)).as("five are in flight").isFalse();
      story.pass(Duration.ofMinutes(1));
      assertThat(story.server("onprem").taken).hasSize(5);
      left = story.spool.entries.values().stream().filter(e -> !e.isDone()).toList();
    }
    try (Story story = hybrid()) {
      left.forEach(story.spool::put);
      story.spool.forEachLive(story.delivering.queue()::add);
      story.pass(Duration.ofSeconds(5));
      assertThat(story.server("onprem").taken).hasSize(7);
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void oldMailGoesFirstAndFreshMailGetsItsShare() {
    try (Story story = hybrid()) {
      List<EntryId> old = new ArrayList<>();
      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      for (int i = 0; i < 100; i++) {
        old.add(story.inbound("ann@example.com"));
        story.pass(Duration.ofSeconds(2));
      }
      story.server("onprem").mood = FakeCourier.Mood.WELL;
      while (story.server("onprem").taken.size() < 5) {
        story.pass(Duration.ofSeconds(1));
      }
      List<EntryId> fresh = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        fresh.add(story.inbound("tim@example.com"));
      }
      int before = story.server("onprem").taken.size();
      while (story.server("onprem").taken.size() < before + 40) {
        story.pass(Duration.ofSeconds(1));
      }
      List<EntryId> next =
          story.server("onprem").taken.stream()
              .skip(before)
              .limit(40)
              .map(FakeCourier.Taken::id)
              .toList();
      assertThat(next.stream().filter(fresh::contains).count()).isBetween(12L, 28L);
      List<EntryId> oldOnes =
          story.server("onprem").taken.stream()
              .map(FakeCourier.Taken::id)
              .filter(old::contains)
              .toList();
      assertThat(oldOnes).isEqualTo(old.subList(0, oldOnes.size()));
    }
  }

  @Test
  void aBrokenCourierLosesNothing() {
    try (Story story = hybrid()) {
      int[] calls = new int[1];
      story
          .server("onprem")
          .script(
              seen -> {
                if (calls[0]++ < 1) {
                  throw new IllegalStateException("a mistake after the final dot");
                }
                return new Outcome.Delivered("onprem", Reply.of(250, "2.0.0", "ok"), false);
              });
      EntryId mail = story.inbound("ann@example.com");
      story.pass(Duration.ofSeconds(1));
      assertThat(story.standing(mail))
          .isInstanceOfSatisfying(
              Disposition.Waiting.class, w -> assertThat(w.unknownAt()).isPresent());
      story.pass(Duration.ofMinutes(15));
      story.everyRecipientEndedOnce();
    }
  }
}
