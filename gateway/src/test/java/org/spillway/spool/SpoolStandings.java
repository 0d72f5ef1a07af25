package org.spillway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spillway.mail.EntryId;
import org.spillway.spool.Draft.Accepted;

/** What every spool promises of standings and attempts; part of the contract. */
abstract class SpoolStandings extends SpoolFixture {
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
