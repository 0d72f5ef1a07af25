package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.deliver.FakeCourier.Mood;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Reply;
import org.spillway.policy.Constraints;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Paths;
import org.spillway.route.Pin;
import org.spillway.route.RouteTable;
import org.spillway.route.SampleSite;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.spool.Entry;

/**
 * Servers that die, come back, throttle, cut and refuse in any order; pins, reloads, stepped
 * clocks. Whatever happens: every recipient ends exactly once, an unknown outcome never crosses
 * paths, and no copy goes where its constraints forbid it.
 */
final class AnythingGoesTest {
  private static final List<String> SITES = List.of("onprem", "cloud", "far");
  private static final Constraints STAY_IN_EU =
      new Constraints(
          TlsFloor.NONE, Optional.of(Set.of("eu")), Set.of(), Set.of(), true, Set.of("gdpr"));
  private static final Constraints STAY_HOME =
      new Constraints(TlsFloor.NONE, Optional.empty(), Set.of(), Set.of(), false, Set.of("home"));

  private Random chance = new Random();
  private final List<String> broken = new ArrayList<>();

  private static Paths paths(int version) {
    Site onprem = SampleSite.pool("onprem").region("eu").hosting("example.com").site();
    Site cloud = SampleSite.relay("cloud").region("eu").site();
    Site far = SampleSite.relay("far").region("us").size(1_000_000 + version).site();
    RouteTable routes =
        new RouteTable(
            List.of(
                Story.route(Direction.OUTBOUND, "onprem", "cloud", "far"),
                Story.route(Direction.INBOUND, "onprem")));
    return Story.paths(routes, onprem, cloud, far);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyRecipientEndsOnceWhateverHappens(long seed) {
    chance = new Random(seed);
    try (Story story = Story.of(RetrySettings.DEFAULT, seed, paths(0))) {
      story.courier.watch = (site, entry, who) -> begins(story, site, entry, who);
      List<EntryId> sent = new ArrayList<>();
      for (int step = 0; step < 250; step++) {
        happens(story, sent, step);
        story.pass(Duration.ofMillis(chance.nextInt(20_000)));
      }
      for (String site : SITES) {
        story.server(site).mood = Mood.WELL;
        story.server(site).script = Optional.empty();
        story.board.unpin(new SiteName(site));
      }
      story.pass(Duration.ofHours(12));
      story.everyRecipientEndedOnce();
      assertThat(broken).isEmpty();
      assertThat(story.courier.unknownAt).as("the story had unknown outcomes").isNotEmpty();
      assertThat(story.server("cloud").taken).as("and spilled").isNotEmpty();
    }
  }

  private void begins(Story story, Site site, Entry entry, List<Integer> recipients) {
    Constraints demand = entry.decision().copies().getFirst().constraints();
    boolean home = site.name().text().equals("onprem");
    if (demand.regions().isPresent() && !site.region().equals(Optional.of("eu"))) {
      broken.add(entry.id() + " left the region for " + site.name());
    }
    if (!home && (!demand.spill() || entry.direction() == Direction.INBOUND)) {
      broken.add(entry.id() + " must stay at home, went to " + site.name());
    }
    for (int recipient : recipients) {
      String key = entry.id() + "/" + recipient;
      if (!site.name().equals(story.courier.unknownAt.getOrDefault(key, site.name()))) {
        broken.add(key + " is unknown elsewhere, went to " + site.name());
      }
      if (story.spool.ends.containsKey(key)) {
        broken.add(key + " was tried again after its end");
      }
    }
  }

  private void happens(Story story, List<EntryId> sent, int step) {
    String site = SITES.get(chance.nextInt(SITES.size()));
    switch (chance.nextInt(12)) {
      case 0 -> story.server(site).mood = Mood.values()[chance.nextInt(Mood.values().length)];
      case 1 -> story.server(site).mood = Mood.WELL;
      case 2 -> story.server(site).script(seen -> anything(site));
      case 3 -> story.server(site).script = Optional.empty();
      case 4 ->
          story.board.pin(
              new SiteName(site),
              new Pin(
                  Pin.Kind.values()[chance.nextInt(3)],
                  story.world.time.instant().plusSeconds(chance.nextInt(600)),
                  "root",
                  "test"));
      case 5 -> story.world.time.stepWallClock(Duration.ofMinutes(chance.nextInt(120) - 60));
      case 6 -> story.delivering.reconfigure(paths(step));
      case 7 -> sent.reversed().stream().limit(50).forEach(story.delivering.queue()::retryNow);
      default -> send(story, sent);
    }
  }

  private void send(Story story, List<EntryId> sent) {
    for (int i = chance.nextInt(20); i > 0; i--) {
      Constraints demand = List.of(Constraints.NONE, STAY_IN_EU, STAY_HOME).get(chance.nextInt(3));
      boolean out = chance.nextInt(3) > 0;
      String domain = out ? "world.example" : "example.com";
      String[] to = new String[1 + chance.nextInt(3)];
      for (int r = 0; r < to.length; r++) {
        to[r] = "r" + r + "@" + domain;
      }
      sent.add(story.accept(out ? Direction.OUTBOUND : Direction.INBOUND, demand, to));
    }
  }

  private Outcome anything(String site) {
    return switch (chance.nextInt(12)) {
      case 0 -> new Outcome.Unknown(site, "lost after the final dot");
      case 1 -> FakeCourier.deferred(site, "451 4.3.0", "later", new Effect.None());
      case 2 ->
          FakeCourier.deferred(
              site, "454 4.7.0", "slower", new Effect.Throttled(Duration.ofSeconds(5)));
      case 3 ->
          FakeCourier.failed(
              site, "550 5.7.1", "quota", new Effect.QuotaUsed(Duration.ofMinutes(10)));
      case 4 -> FakeCourier.failed(site, "535 5.7.8", "login", new Effect.Misconfigured());
      case 5 -> FakeCourier.failed(site, "554 5.7.1", "sender", new Effect.SenderRefused());
      case 6 -> FakeCourier.deferred(site, "452 4.5.3", "many", new Effect.SplitRecipients());
      case 7 -> FakeCourier.deferred(site, "421 4.3.2", "busy", new Effect.Overload());
      case 8 -> FakeCourier.failed(site, "552 5.3.4", "large", new Effect.TooLargeHere());
      case 9 -> FakeCourier.failed(site, "550 5.1.1", "nobody", new Effect.None());
      default -> new Outcome.Relayed(site, Reply.of(250, "2.0.0", "ok"), false);
    };
  }
}
