package org.spillway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.route.SiteName;
import org.spillway.route.Spill;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** Traces as they are asked for; one database for all. */
final class TrackingTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
  private static final HandClock CLOCK = new HandClock(NOW);
  private static final RandomGenerator CHANCE = new Random(7);
  private static final Duration SOON = Duration.ofSeconds(90);
  private static @TempDir Path directory;
  private static Tracking tracking;

  @BeforeAll
  static void open() {
    System.setProperty("derby.system.durability", "test");
    DatabaseSettings settings = new DatabaseSettings(directory, Duration.ofDays(30));
    tracking = new Tracking(settings, 10_000, CLOCK, Metrics.NONE);
    assertThat(tracking.flush(SOON)).isTrue();
  }

  @AfterAll
  static void close() {
    tracking.close();
  }

  private static Entry accept(String from, String... to) {
    return acceptAt(NOW, from, to);
  }

  private static Entry acceptAt(Instant at, String from, String... to) {
    Entry entry = Mails.entry(EntryId.next(at, CHANCE), from, to);
    tracking.track(TraceEvents.accepted(entry, at));
    return entry;
  }

  private static Disposition delivered(String site, Optional<Spill> spill) {
    return new Disposition.Delivered(
        NOW, new SiteName(site), "mail.example.com:25", false, spill, false, "250 2.0.0 Ok");
  }

  private static void settle(Entry entry, int recipient, Disposition now) {
    String address = entry.envelope().recipients().get(recipient).address().toString();
    tracking.track(TraceEvents.disposition(entry.id(), List.of(address), now));
  }

  private static Trace only(TraceQuery query) throws IOException {
    List<Trace> found = tracking.find(query);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void aMessageThatCameAndWentInOneBatch() throws IOException {
    Entry entry = accept("Ann@Example.org", "bob@one.example");
    settle(entry, 0, delivered("onprem", Optional.empty()));

    Trace trace = only(TraceQuery.of(entry.id()));
    assertThat(trace.summary())
        .isEqualTo(
            new Trace.Summary(
                entry.id(),
                NOW,
                "inbound",
                "192.0.2.7",
                "mx",
                "ann@example.org",
                "hello",
                "<1@example.org>",
                entry.facts().sizeBytes()));
    assertThat(trace.recipients())
        .containsExactly(
            new Trace.RecipientTrace(
                0, "bob@one.example", "delivered", "onprem", "", "250 2.0.0 Ok", NOW));
    assertThat(trace.events())
        .extracting(TraceEvent::kind)
        .containsExactly("accepted", "disposition");
    assertThat(trace.events().getLast().facts())
        .containsEntry("status", "delivered")
        .containsEntry("hop", "mail.example.com:25");
  }

  @Test
  void laterEventsChangeTheStandingAndLengthenTheTrail() throws IOException {
    Entry entry = accept("ann@example.org", "a@two.example", "b@two.example");
    assertThat(tracking.flush(SOON)).isTrue();
    settle(entry, 0, new Disposition.Bounced(NOW, "5.1.1", "550 5.1.1 no such user"));
    assertThat(tracking.flush(SOON)).isTrue();
    Spill spill = new Spill(new SiteName("onprem"), new SiteName("cloud"), "down", "route");
    settle(entry, 1, delivered("cloud", Optional.of(spill)));

    Trace trace = only(TraceQuery.of(entry.id()));
    assertThat(trace.recipients())
        .extracting(
            Trace.RecipientTrace::status,
            Trace.RecipientTrace::site,
            Trace.RecipientTrace::spilledFrom,
            Trace.RecipientTrace::why)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bounced", "", "", "550 5.1.1 no such user"),
            org.assertj.core.groups.Tuple.tuple("delivered", "cloud", "onprem", "down"));
    assertThat(trace.events()).hasSize(3);
  }

  @Test
  void bySenderRecipientDomainStatusAndTime() throws IOException {
    Instant early = NOW.minus(Duration.ofDays(2));
    Entry old = acceptAt(early, "eve@three.example", "x@four.example");
    Entry fresh = accept("eve@three.example", "y@four.example", "z@five.example");
    settle(fresh, 1, new Disposition.Held(NOW, Disposition.Reason.POLICY, "rule 7"));
    TraceQuery any = TraceQuery.newest(50);

    assertThat(ids(any.from("EVE@three.example"))).containsExactly(fresh.id(), old.id());
    assertThat(ids(any.from("@three.example"))).containsExactly(fresh.id(), old.id());
    assertThat(ids(any.from("eve@three.example").since(NOW))).containsExactly(fresh.id());
    assertThat(ids(any.to("x@four.example"))).containsExactly(old.id());
    assertThat(ids(any.to("@four.example"))).containsExactly(fresh.id(), old.id());
    assertThat(ids(any.to("@five.example").status("held"))).containsExactly(fresh.id());
    assertThat(ids(any.to("@five.example").status("waiting"))).isEmpty();
    assertThat(ids(any.from("@ee.example"))).isEmpty();
    assertThat(ids(TraceQuery.newest(1).from("@three.example"))).containsExactly(fresh.id());
    assertThat(ids(any.from("nobody@three.example"))).isEmpty();
  }

  private static List<EntryId> ids(TraceQuery query) throws IOException {
    return tracking.find(query).stream().map(t -> t.summary().id()).toList();
  }

  @Test
  void anEventWithoutItsMessageIsStillFound() throws IOException {
    EntryId id = EntryId.next(NOW, CHANCE);
    tracking.track(new TraceEvent(NOW, id, "refused", List.of(), Map.of("why", "spool full")));

    Trace trace = only(TraceQuery.of(id));
    assertThat(trace.events()).hasSize(1);
    assertThat(trace.summary().acceptedAt()).isEqualTo(NOW);
  }

  @Test
  void anUnknownIdHasNoTrace() throws IOException {
    assertThat(tracking.find(TraceQuery.of(EntryId.next(NOW, CHANCE)))).isEmpty();
  }

  @Test
  void acceptedTwiceIsOneMessage() throws IOException {
    Entry entry = accept("ann@example.org", "bob@six.example");
    assertThat(tracking.flush(SOON)).isTrue();
    tracking.track(TraceEvents.accepted(entry, NOW));
    settle(entry, 0, delivered("onprem", Optional.empty()));

    Trace trace = only(TraceQuery.newest(9).to("bob@six.example"));
    assertThat(trace.recipients().getFirst().status()).isEqualTo("delivered");
    assertThat(tracking.dropped()).isZero();
  }

  @Test
  void hugeTrailsAndHostileTextFit() throws IOException {
    Entry entry = accept("ann@example.org", "bob@seven.example");
    String nasty = "\u0000\ud800'; DROP TABLE messages; --\r\n".repeat(400);
    List<TraceEvent> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(new TraceEvent(NOW, entry.id(), "attempt", List.of(), Map.of("reply", nasty)));
    }
    many.forEach(tracking::track);
    settle(entry, 0, new Disposition.Held(NOW, Disposition.Reason.ADMIN, nasty));

    Trace trace = only(TraceQuery.of(entry.id()));
    assertThat(trace.events()).hasSize(302);
    assertThat(trace.recipients().getFirst().why())
        .startsWith("admin: ??'; DROP")
        .hasSizeLessThan(501);
    assertThat(tracking.broken()).isEmpty();
  }

  @Test
  void aThousandRecipients() throws IOException {
    String[] to = new String[1000];
    for (int i = 0; i < to.length; i++) {
      to[i] = "user" + i + "@many.example";
    }
    Entry entry = accept("list@example.org", to);

    assertThat(only(TraceQuery.newest(5).to("user999@many.example")).recipients()).hasSize(1000);
    assertThat(only(TraceQuery.of(entry.id())).recipients().get(999).address())
        .isEqualTo("user999@many.example");
  }
}
