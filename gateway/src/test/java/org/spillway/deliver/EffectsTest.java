package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Reply;
import org.spillway.policy.Constraints;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Health;
import org.spillway.route.RouteTable;
import org.spillway.route.SampleSite;
import org.spillway.route.Site;
import org.spillway.route.SiteLimits;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;

/** What a reply means beyond its own recipient, as the sender and the queue see it. */
final class EffectsTest {
  private static final Site FIRST = SampleSite.relay("first").site();
  private static final Site SECOND = SampleSite.relay("second").site();
  private static final RouteTable BOTH =
      new RouteTable(List.of(Story.route(Direction.OUTBOUND, "first", "second")));

  private static Story relays() {
    return Story.of(BOTH, FIRST, SECOND);
  }

  private static void always(Story story, String site, String code, Effect effect) {
    story.server(site).script(seen -> FakeCourier.failed(site, code, "no", effect));
  }

  @Test
  void aRecipientFailureBouncesAndCountsAgainstNobody() {
    try (Story story = relays()) {
      always(story, "first", "550 5.1.1", new Effect.None());
      List<EntryId> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(story.outbound("x@world.example"));
      }
      story.pass(Duration.ofSeconds(10));
      assertThat(sent).allMatch(id -> story.fate(id).equals("Bounced"));
      assertThat(story.board.standings().get(new SiteName("first")).health())
          .isInstanceOf(Health.Up.class);
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void aRefusedSenderGoesToTheNextSiteAndBouncesOnlyWhenNoneIsLeft() {
    for (Effect effect :
        List.<Effect>of(
            new Effect.SenderRefused(),
            new Effect.NullSenderRefused(),
            new Effect.TooLargeHere())) {
      try (Story story = relays()) {
        always(story, "first", "554 5.7.1", effect);
        EntryId mail = story.outbound("x@world.example");
        story.pass(Duration.ofSeconds(5));
        assertThat(story.fate(mail)).isEqualTo("second");
        always(story, "second", "554 5.7.9", effect);
        EntryId hopeless = story.outbound("x@world.example");
        story.pass(Duration.ofSeconds(5));
        assertThat(story.standing(hopeless))
            .isInstanceOfSatisfying(
                Disposition.Bounced.class,
                b -> {
                  assertThat(b.status()).isEqualTo("5.7.1");
                  assertThat(b.why()).contains("554");
                });
        story.everyRecipientEndedOnce();
      }
    }
  }

  @Test
  void revokedCredentialsBounceNothing() {
    try (Story story = relays()) {
      story.pass(Duration.ofSeconds(10));
      always(story, "first", "535 5.7.8", new Effect.Misconfigured());
      List<EntryId> sent = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        sent.add(story.outbound("x@world.example"));
      }
      story.pass(Duration.ofSeconds(5));
      assertThat(story.board.standings().get(new SiteName("first")).health())
          .isInstanceOf(Health.Down.class);
      assertThat(sent).allMatch(id -> story.fate(id).equals("Waiting"));
      story.pass(Duration.ofMinutes(3));
      assertThat(sent).allMatch(id -> story.fate(id).equals("second(spill)"));
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void fiftyOneRecipientsGoAsFiftyAndOne() {
    SiteLimits fifty =
        new SiteLimits(
            OptionalLong.empty(),
            50,
            20,
            1000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
    Site ses = SampleSite.relay("first").limits(fifty).site();
    try (Story story = Story.of(BOTH, ses, SECOND)) {
      story.outbound(many(51));
      story.pass(Duration.ofSeconds(5));
      assertThat(story.server("first").transactions.stream().map(List::size))
          .containsExactlyInAnyOrder(50, 1);
      story.everyRecipientEndedOnce();
    }
  }

  private static String[] many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "r" + i + "@world.example")
        .toArray(String[]::new);
  }

  @Test
  void tooManyRecipientsForTheSiteAreSplitByWhatItTook() {
    try (Story story = relays()) {
      story
          .server("first")
          .script(
              seen ->
                  seen.place() < 10
                      ? new Outcome.Relayed("first", Reply.of(250, "2.1.5", "ok"), false)
                      : FakeCourier.deferred(
                          "first", "452 4.5.3", "too many", new Effect.SplitRecipients()));
      story.outbound(many(25));
      story.pass(Duration.ofSeconds(5));
      assertThat(story.server("first").taken).hasSize(25);
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void aSiteThatRefusesAllOfTooManyGetsHalves() {
    try (Story story = relays()) {
      int[] size = new int[1];
      story
          .server("first")
          .script(
              seen -> {
                int together = story.server("first").transactions.getLast().size();
                size[0] = Math.max(size[0], together);
                return together <= 4
                    ? new Outcome.Relayed("first", Reply.of(250, "2.1.5", "ok"), false)
                    : FakeCourier.deferred(
                        "first", "452 4.5.3", "too many", new Effect.SplitRecipients());
              });
      story.outbound(many(30));
      story.pass(Duration.ofSeconds(10));
      assertThat(size[0]).isEqualTo(30);
      assertThat(story.server("first").taken).hasSize(30);
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void recipientsOfOneMessageAreIndependent() {
    try (Story story = relays()) {
      story
          .server("first")
          .script(
              seen ->
                  switch (seen.recipient()) {
                    case 0 -> new Outcome.Relayed("first", Reply.of(250, "2.1.5", "ok"), false);
                    case 1 -> FakeCourier.failed("first", "550 5.1.1", "none", new Effect.None());
                    default ->
                        seen.attempts() < 3
                            ? FakeCourier.deferred("first", "451 4.2.1", "later", new Effect.None())
                            : new Outcome.Relayed("first", Reply.of(250, "2.1.5", "ok"), false);
                  });
      EntryId mail = story.outbound("a@world.example", "b@world.example", "c@world.example");
      story.pass(Duration.ofSeconds(5));
      assertThat(story.standing(mail, 0)).isInstanceOf(Disposition.Delivered.class);
      assertThat(story.standing(mail, 1)).isInstanceOf(Disposition.Bounced.class);
      assertThat(story.standing(mail, 2)).isInstanceOf(Disposition.Waiting.class);
      story.pass(Duration.ofMinutes(8));
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void aBusyServerGetsFewerConnectionsAndEverythingArrives() {
    try (Story story = relays()) {
      story.server("first").connectionsWelcome = 5;
      for (int i = 0; i < 400; i++) {
        story.outbound("x@world.example");
      }
      story.pass(Duration.ofHours(2));
      assertThat(story.server("first").attempts).isLessThan(600);
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void aPolicyThatExcludesEverySiteHoldsWithItsRules() {
    Constraints nowhere =
        new Constraints(
            TlsFloor.DANE_OR_MTA_STS, Optional.empty(), Set.of(), Set.of(), true, Set.of("phi-1"));
    try (Story story = relays()) {
      EntryId mail = story.accept(Direction.OUTBOUND, nowhere, "x@world.example");
      story.pass(Duration.ofDays(10));
      assertThat(story.standing(mail))
          .isInstanceOfSatisfying(
              Disposition.Held.class,
              held -> {
                assertThat(held.why()).isEqualTo(Disposition.Reason.POLICY);
                assertThat(held.detail()).isEqualTo("phi-1");
              });
      assertThat(story.server("first").attempts + story.server("second").attempts).isZero();
    }
  }

  @Test
  void aDeferredMessageIsToldOfAtFourHoursAndEndsAfterFiveDays() {
    try (Story story = relays()) {
      story
          .server("first")
          .script(s -> FakeCourier.deferred("first", "451 4.2.1", "later", new Effect.None()));
      EntryId mail = story.outbound("x@world.example");
      story.pass(Duration.ofMinutes(239));
      assertThat(story.delayNotices).isEmpty();
      story.pass(Duration.ofMinutes(2));
      assertThat(story.delayNotices.get(mail)).containsExactly(0);
      story.pass(Duration.ofDays(4).plusHours(19));
      assertThat(story.fate(mail)).isEqualTo("Waiting");
      story.pass(Duration.ofHours(2));
      assertThat(story.fate(mail)).isEqualTo("Expired");
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void mailThatCouldNeverBeTriedIsToldOfAndEndsJustTheSame() {
    try (Story story = Story.of(OutageTest.HYBRID, OutageTest.ONPREM, OutageTest.CLOUD)) {
      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      story.pass(Duration.ofMinutes(5));
      EntryId mail = story.inbound("ann@example.com");
      story.pass(Duration.ofMinutes(241));
      assertThat(story.delayNotices.get(mail)).containsExactly(0);
      story.pass(Duration.ofDays(5));
      assertThat(story.fate(mail)).isEqualTo("Expired");
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void directDeliveryLeavesADeadDestinationAloneAndServesTheOthers() {
    Site direct = SampleSite.mx("direct").site();
    RouteTable routes = new RouteTable(List.of(Story.route(Direction.OUTBOUND, "direct")));
    try (Story story = Story.of(routes, direct)) {
      story.courier.destination("dead.example").mood = FakeCourier.Mood.REFUSES;
      List<EntryId> alive = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        story.outbound("x@dead.example");
        alive.add(story.outbound("x@alive" + i % 3 + ".example", "y@alive" + i % 3 + ".example"));
      }
      story.pass(Duration.ofSeconds(30));
      assertThat(alive).allMatch(id -> story.fate(id).equals("direct"));
      assertThat(story.courier.destination("dead.example").attempts).isLessThan(60);
      story.courier.destination("dead.example").mood = FakeCourier.Mood.WELL;
      story.pass(Duration.ofHours(2));
      story.everyRecipientEndedOnce();
    }
  }

  @Test
  void theTraceTellsPlanAttemptAndDispositionOfASpill() {
    try (Story story = Story.of(OutageTest.HYBRID, OutageTest.ONPREM, OutageTest.CLOUD)) {
      story.server("onprem").mood = FakeCourier.Mood.REFUSES;
      story.pass(Duration.ofMinutes(5));
      EntryId mail = story.outbound("x@world.example");
      story.pass(Duration.ofSeconds(1));
      var events = story.trace.stream().filter(e -> e.id().equals(mail)).toList();
      assertThat(events.stream().map(e -> e.kind()))
          .containsExactly("plan", "attempt", "disposition");
      assertThat(events.get(0).facts())
          .containsEntry("step-1", "cloud spill from onprem")
          .containsKey("not-onprem");
      assertThat(events.get(1).facts()).containsEntry("reply", "250 2.0.0 ok");
      assertThat(events.get(2).facts())
          .containsEntry("spill-from", "onprem")
          .containsEntry("site", "cloud");
    }
  }
}
