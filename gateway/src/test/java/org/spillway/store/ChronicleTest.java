package org.spillway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spillway.log.EventLog;
import org.spillway.log.LineSink;
import org.spillway.log.LogForm;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.route.Plan;
import org.spillway.route.SiteName;
import org.spillway.route.Spill;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** The same words in the log line and in the trace. */
final class ChronicleTest {
  private static final Instant CAME = Instant.parse("2026-11-24T06:00:00Z");
  private static final EntryId ID = EntryId.next(CAME, new Random(7));
  private static final SiteName ONPREM = new SiteName("onprem");
  private static final SiteName CLOUD = new SiteName("cloud");

  private final List<TraceEvent> events = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private List<String> told(java.util.function.Consumer<Chronicle> what) {
    HandClock clock = new HandClock(CAME);
    try (LineSink sink = new LineSink(out)) {
      what.accept(
          new Chronicle(new EventLog(sink, LogForm.TEXT, clock), keeping(), Metrics.NONE, clock));
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private Tracker keeping() {
    return new Tracker() {
      @Override
      public void track(TraceEvent event) {
        events.add(event);
      }

      @Override
      public void close() {
        // nothing to close
      }
    };
  }

  @Test
  void aSpilledDelivery() {
    Entry entry = Mails.entry(ID, "ann@example.org", "bob@one.example");
    Spill spill = new Spill(ONPREM, CLOUD, "onprem is down since 06:00", "route outbound");
    Disposition now =
        new Disposition.Delivered(
            CAME.plusSeconds(65),
            CLOUD,
            "relay.example:587 [192.0.2.5]",
            true,
            Optional.of(spill),
            false,
            "250 2.0.0 Ok");
    assertThat(told(c -> c.settled(entry, Map.of(0, now))))
        .containsExactly(
            "time=2026-11-24T06:00:00.000Z event=disposition id="
                + ID
                + " rcpt=bob@one.example from=<ann@example.org> direction=inbound status=delivered"
                + " site=cloud hop=\"relay.example:587 [192.0.2.5]\" spill-from=onprem"
                + " why=\"onprem is down since 06:00\" reply=\"250 2.0.0 Ok\" attempts=1 delay=65"
                + " size=53");
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo("disposition");
              assertThat(event.recipients()).containsExactly("bob@one.example");
              assertThat(event.facts()).containsEntry("relayed", "yes");
            });
  }

  @Test
  void recipientsThatStandAlikeShareAnEventAndEachHasItsLine() {
    Entry entry = Mails.entry(ID, "", "a@one.example", "b@one.example", "c@one.example");
    Map<Integer, Disposition> now = new LinkedHashMap<>();
    now.put(0, new Disposition.Bounced(CAME, "5.1.1", "550 5.1.1 no"));
    now.put(1, new Disposition.Bounced(CAME, "5.1.1", "550 5.1.1 no"));
    now.put(2, new Disposition.Expired(CAME, "too old"));
    assertThat(told(c -> c.settled(entry, now))).hasSize(3).first().asString().contains("from=<>");
    assertThat(events).extracting(e -> e.recipients().size()).containsExactly(2, 1);
  }

  @Test
  void acceptedAndHeldAtOnce() {
    Entry held =
        Mails.standing(
            Mails.entry(ID, "ann@example.org", "bob@one.example"),
            new Disposition.Held(CAME, Disposition.Reason.LOOP, "seen before"));
    assertThat(told(c -> c.accepted(held)))
        .satisfiesExactly(
            line -> assertThat(line).contains("event=accepted", "client=192.0.2.7", "rcpts=1"),
            line -> assertThat(line).contains("status=held", "why=\"loop: seen before\""));
    assertThat(events).extracting(TraceEvent::kind).containsExactly("accepted", "disposition");
  }

  @Test
  void aPlanNamesEverySiteLeftOut() {
    Entry entry = Mails.entry(ID, "ann@example.org", "bob@one.example");
    Plan plan =
        new Plan(
            List.of(),
            List.of(
                new Plan.LeftOut(ONPREM, Plan.Why.DOWN, "since 06:00"),
                new Plan.LeftOut(CLOUD, Plan.Why.NOT_HOSTED, "")),
            new Plan.Otherwise.Wait("no site is up", CAME.plusSeconds(60)));
    told(c -> c.planned(entry, List.of(0), plan));
    assertThat(events.getFirst().facts())
        .containsExactly(
            Map.entry("not-onprem", "down: since 06:00"),
            Map.entry("not-cloud", "not-hosted"),
            Map.entry("otherwise", "wait until 2026-11-24T06:01:00Z: no site is up"));
  }

  @Test
  void everyDispositionHasItsWord() {
    assertThat(Words.status(Disposition.Waiting.fresh(CAME))).isEqualTo("waiting");
    assertThat(Words.facts(Disposition.Waiting.fresh(CAME)))
        .containsExactly(Map.entry("status", "waiting"), Map.entry("attempts", "0"));
    assertThat(Words.facts(new Disposition.Discarded(CAME, "admin", "spam")))
        .containsExactly(
            Map.entry("status", "discarded"), Map.entry("by", "admin"), Map.entry("why", "spam"));
  }
}
