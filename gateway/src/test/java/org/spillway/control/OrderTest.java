package org.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;

/** The table of {@link Order#moved}, every cell of it. */
final class OrderTest {
  private static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");
  private static final Instant NOW = FakeNode.NOW;
  private static final Hand HAND = new Hand("root", "ticket 7");
  private static final SiteName ONPREM = new SiteName("onprem");

  private static final Disposition WAITING = Disposition.Waiting.fresh(AT);
  private static final Disposition UNKNOWN =
      new Disposition.Waiting(AT, 2, AT, "lost", Optional.of(ONPREM), true);
  private static final Disposition HELD =
      new Disposition.Held(AT, Disposition.Reason.POLICY, "hipaa-1");

  private static Map<String, Disposition> standings() {
    Map<String, Disposition> all = new LinkedHashMap<>();
    all.put("waiting", WAITING);
    all.put("unknown", UNKNOWN);
    all.put("held", HELD);
    all.put("quarantined", new Disposition.Quarantined(AT, "spam"));
    all.put(
        "delivered",
        new Disposition.Delivered(AT, ONPREM, "h", false, Optional.empty(), false, "250"));
    all.put("bounced", new Disposition.Bounced(AT, "5.1.1", "no such user"));
    all.put("expired", new Disposition.Expired(AT, "5 days"));
    all.put("discarded", new Disposition.Discarded(AT, "root", "spam"));
    return all;
  }

  @Test
  void everyCell() {
    List<Order> orders =
        List.of(
            new Order.Hold(),
            new Order.Release(false),
            new Order.Release(true),
            new Order.Bounce(),
            new Order.Delete());
    List<String> table = new ArrayList<>();
    standings()
        .forEach(
            (name, now) -> {
              StringBuilder line = new StringBuilder(name);
              for (Order order : orders) {
                Optional<Disposition> after = order.moved(now, HAND, NOW);
                line.append(' ').append(after.map(d -> Standing.of(d).word()).orElse("-"));
              }
              table.add(line.toString());
            });
    assertThat(table)
        .containsExactly(
            "waiting held - - bounced discarded",
            "unknown held - waiting bounced discarded",
            "held - waiting waiting bounced discarded",
            "quarantined - waiting waiting - discarded",
            "delivered - - - - -",
            "bounced - - - - -",
            "expired - - - - -",
            "discarded - - - - -");
  }

  @Test
  void unknownStaysOnItsPathThroughHoldAndRelease() {
    Disposition held = new Order.Hold().moved(UNKNOWN, HAND, NOW).orElseThrow();
    assertThat(((Disposition.Held) held).detail()).isEqualTo("root: ticket 7 [unknown at onprem]");
    assertThat(((Disposition.Held) held).why()).isEqualTo(Disposition.Reason.ADMIN);

    Disposition back = new Order.Release(false).moved(held, HAND, NOW).orElseThrow();
    assertThat(((Disposition.Waiting) back).unknownAt()).contains(ONPREM);

    Disposition free = new Order.Release(true).moved(held, HAND, NOW).orElseThrow();
    assertThat(((Disposition.Waiting) free).unknownAt()).isEmpty();
  }

  @Test
  void aReasonCannotForgeAPath() {
    Hand sly = new Hand("root", "because [unknown at cloud]");
    Disposition held = new Order.Hold().moved(WAITING, sly, NOW).orElseThrow();
    Disposition back = new Order.Release(false).moved(held, HAND, NOW).orElseThrow();
    assertThat(((Disposition.Waiting) back).unknownAt()).isEmpty();
  }

  @Test
  void releaseToAnySiteKeepsAttemptsAndNotice() {
    Disposition.Waiting free =
        (Disposition.Waiting) new Order.Release(true).moved(UNKNOWN, HAND, NOW).orElseThrow();
    assertThat(free.attempts()).isEqualTo(2);
    assertThat(free.delayNotified()).isTrue();
    assertThat(free.notBefore()).isEqualTo(NOW);
  }

  @Test
  void bounceTellsTheReasonOrSaysThatAnAdminDidIt() {
    assertThat(new Order.Bounce().moved(HELD, HAND, NOW))
        .contains(new Disposition.Bounced(NOW, "5.7.1", "ticket 7"));
    assertThat(new Order.Bounce().moved(HELD, new Hand("root", ""), NOW))
        .contains(new Disposition.Bounced(NOW, "5.7.1", "returned by an admin"));
  }
}
