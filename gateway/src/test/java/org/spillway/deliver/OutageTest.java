package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.route.Health;
import org.spillway.route.RouteTable;
import org.spillway.route.SampleSite;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;

/** The mail server on the premises dies and comes back. */
final class OutageTest {
  static final Site ONPREM = SampleSite.pool("onprem").site();
  static final Site CLOUD = SampleSite.relay("cloud").site();
  static final RouteTable HYBRID =
      new RouteTable(
          java.util.List.of(
              Story.route(Direction.OUTBOUND, "onprem", "cloud"),
              Story.route(Direction.INBOUND, "onprem")));

  private static Health health(Story story, String site) {
    return story.board.standings().get(new SiteName(site)).health();
  }

  @Test
  void mailGoesHomeWhileHomeIsUp() {
    try (Story story = Story.of(HYBRID, ONPREM, CLOUD)) {
      EntryId out = story.outbound("x@world.example");
      EntryId in = story.inbound("ann@example.com", "tim@example.com");
      story.pass(Duration.ofSeconds(1));
      assertThat(story.fate(out)).isEqualTo("onprem");
      assertThat(story.fate(in)).isEqualTo("onprem");
      assertThat(story.server("onprem").transactions).hasSize(2);
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void outboundSpillsInboundWaitsAndBothComeHome() {
    try (Story story = Story.of(HYBRID, ONPREM, CLOUD)) {
      story.pass(Duration.ofSeconds(5));
      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      EntryId first = story.outbound("x@world.example");
      EntryId in = story.inbound("ann@example.com");
      story.pass(Duration.ofSeconds(100));
      assertThat(health(story, "onprem")).isInstanceOf(Health.Down.class);
      assertThat(story.fate(first)).isEqualTo("Waiting");

      story.pass(Duration.ofSeconds(100));
      assertThat(story.fate(first)).isEqualTo("cloud(spill)");
      EntryId second = story.outbound("y@world.example");
      story.pass(Duration.ofSeconds(1));
      assertThat(story.fate(second)).isEqualTo("cloud(spill)");
      assertThat(story.standing(in))
          .isInstanceOfSatisfying(Disposition.Waiting.class, w -> assertThat(w.why()).isNotEmpty());

      story.server("onprem").mood = FakeCourier.Mood.WELL;
      story.pass(Duration.ofSeconds(90));
      assertThat(story.fate(in)).isEqualTo("onprem");
      EntryId spilledStill = story.outbound("z@world.example");
      story.pass(Duration.ofSeconds(1));
      assertThat(story.fate(spilledStill)).as("not stable yet").isEqualTo("cloud(spill)");

      story.pass(Duration.ofMinutes(6));
      EntryId home = story.outbound("z@world.example");
      story.pass(Duration.ofSeconds(1));
      assertThat(story.fate(home)).isEqualTo("onprem");
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void theFirstMessageAfterAnOutageGoesAlone() {
    try (Story story = Story.of(HYBRID, ONPREM, CLOUD)) {
      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      for (int i = 0; i < 50; i++) {
        story.inbound("ann@example.com");
      }
      story.pass(Duration.ofMinutes(5));
      assertThat(health(story, "onprem")).isInstanceOf(Health.Down.class);
      FakeCourier.Server onprem = story.server("onprem");
      onprem.takes = Duration.ofSeconds(3);
      onprem.mostOpen = 0;
      onprem.mood = FakeCourier.Mood.WELL;
      int most = 0;
      while (onprem.taken.isEmpty()) {
        most = onprem.mostOpen;
        story.pass(Duration.ofMillis(100));
      }
      assertThat(most).isEqualTo(1);
      story.pass(Duration.ofMinutes(10));
      story.everyRecipientEndedOnce();
    }
  }
}
