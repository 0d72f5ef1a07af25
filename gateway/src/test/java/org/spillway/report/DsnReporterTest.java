package org.spillway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Notify;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;
import org.spillway.store.Mails;

/** Who is told what: RFC 3461's table, row by row. */
final class DsnReporterTest {
  private static final Instant CAME = Instant.parse("2026-11-24T05:41:29Z");
  private static final Instant NOW = CAME.plusSeconds(60);
  private static final EntryId ID = EntryId.next(CAME, new Random(1));
  private static final SiteName ONPREM = new SiteName("onprem");
  private static final SiteName STORE = new SiteName("store");

  private final List<String> sent = new ArrayList<>();
  private final DsnReporter reporter =
      new DsnReporter(
          new DsnWriter(
              "gw.example.com", Optional.empty(), new Random(2), InstantSource.fixed(NOW)),
          (envelope, content) -> sent.add(new String(content, StandardCharsets.UTF_8)),
          STORE::equals,
          () -> Duration.ofDays(5));

  private static Entry entry(String notify, String from, int recipients) {
    Set<Notify> asked = EnumSet.noneOf(Notify.class);
    if (!notify.equals("UNSET")) {
      Arrays.stream(notify.split("\\+")).map(Notify::valueOf).forEach(asked::add);
    }
    List<Recipient> to = new ArrayList<>();
    for (int i = 0; i < recipients; i++) {
      var address = Mails.address("u" + i + "@one.example");
      to.add(new Recipient(address, address, asked, Optional.empty()));
    }
    ReversePath path = from.isEmpty() ? ReversePath.NULL : ReversePath.of(Mails.address(from));
    return Mails.entry(ID, "Subject: x\r\n\r\nbody\r\n", Envelope.of(path, to));
  }

  private static Disposition disposition(String word) {
    return switch (word) {
      case "bounced" -> new Disposition.Bounced(NOW, "5.1.1", "550 5.1.1 no");
      case "expired" -> new Disposition.Expired(NOW, "too old");
      case "stored" -> delivered(STORE, false, false);
      case "to-mta" -> delivered(ONPREM, false, false);
      case "relayed" -> delivered(ONPREM, true, false);
      case "passed-on" -> delivered(ONPREM, true, true);
      case "held" -> new Disposition.Held(NOW, Disposition.Reason.ADMIN, "x");
      case "quarantined" -> new Disposition.Quarantined(NOW, "x");
      case "discarded" -> new Disposition.Discarded(NOW, "rule", "x");
      case "waiting" -> Disposition.Waiting.fresh(NOW);
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static Disposition delivered(SiteName site, boolean relayed, boolean passedOn) {
    return new Disposition.Delivered(
        NOW, site, "h.example:25", relayed, Optional.empty(), passedOn, "250 2.0.0 Ok");
  }

  private String actions() {
    return sent.stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("Action: "))
        .map(line -> line.substring(8))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "bounced,     UNSET,           failed",
    "bounced,     NEVER,           ''",
    "bounced,     SUCCESS,         ''",
    "bounced,     FAILURE,         failed",
    "bounced,     DELAY,           ''",
    "bounced,     SUCCESS+FAILURE, failed",
    "expired,     UNSET,           failed",
    "expired,     FAILURE,         failed",
    "expired,     NEVER,           ''",
    "stored,      UNSET,           ''",
    "stored,      SUCCESS,         delivered",
    "stored,      FAILURE,         ''",
    "to-mta,      SUCCESS,         relayed",
    "relayed,     SUCCESS,         relayed",
    "relayed,     UNSET,           ''",
    "passed-on,   SUCCESS,         ''",
    "held,        SUCCESS+FAILURE, ''",
    "quarantined, SUCCESS+FAILURE, ''",
    "discarded,   SUCCESS+FAILURE, ''",
    "waiting,     SUCCESS+FAILURE, ''",
  })
  void settled(String disposition, String notify, String action) {
    reporter.settled(entry(notify, "ann@example.org", 1), Map.of(0, disposition(disposition)));
    assertThat(actions()).isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({
    "UNSET,         delayed",
    "DELAY,         delayed",
    "FAILURE+DELAY, delayed",
    "FAILURE,       ''",
    "SUCCESS,       ''",
    "NEVER,         ''",
  })
  void delayed(String notify, String action) {
    Entry entry = entry(notify, "ann@example.org", 1);
    reporter.delayed(entry, Set.of(0), "451 4.3.0 busy");
    assertThat(actions()).isEqualTo(action);

    sent.clear();
    reporter.delayed(Mails.autoSubmitted(entry), Set.of(0), "451 4.3.0 busy");
    reporter.delayed(entry(notify, "", 1), Set.of(0), "451 4.3.0 busy");
    assertThat(sent).isEmpty();
  }

  @Test
  void noBounceOfABounce() {
    reporter.settled(entry("UNSET", "", 1), Map.of(0, disposition("bounced")));
    assertThat(sent).isEmpty();
  }

  @Test
  void aMachinesMailIsStillReturned() {
    reporter.settled(
        Mails.autoSubmitted(entry("UNSET", "ann@example.org", 1)),
        Map.of(0, disposition("bounced")));
    assertThat(actions()).isEqualTo("failed");
  }

  @Test
  void severalRecipientsShareOneNotification() {
    Map<Integer, Disposition> now = new LinkedHashMap<>();
    now.put(0, disposition("bounced"));
    now.put(1, disposition("stored"));
    now.put(2, disposition("expired"));
    reporter.settled(entry("SUCCESS+FAILURE", "ann@example.org", 3), now);
    assertThat(sent).hasSize(1);
    assertThat(actions()).isEqualTo("failed failed delivered");

    sent.clear();
    reporter.delayed(entry("UNSET", "ann@example.org", 3), new TreeSet<>(Set.of(0, 2)), "x");
    assertThat(sent).hasSize(1);
    assertThat(actions()).isEqualTo("delayed delayed");
  }

  @Test
  void anExpiryIsNoHardBounceAndSaysWhen() {
    Entry waited =
        Mails.standing(
            entry("UNSET", "ann@example.org", 1),
            new Disposition.Waiting(
                CAME.plusSeconds(30),
                9,
                NOW,
                "h.example:25: 451 4.3.0 busy",
                Optional.empty(),
                true));
    reporter.settled(
        waited, Map.of(0, new Disposition.Expired(NOW, "h.example:25: 451 4.3.0 busy")));
    assertThat(sent.getFirst())
        .contains(
            "Status: 4.4.7\r\n",
            "Remote-MTA: dns; h.example\r\n",
            "Diagnostic-Code: smtp; 451 4.3.0 busy\r\n",
            "Last-Attempt-Date: Tue, 24 Nov 2026 05:41:59 +0000\r\n");
  }
}
