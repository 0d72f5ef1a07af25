package org.spillway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.EntryId;
import org.spillway.mail.Status;
import org.spillway.spool.Entry;
import org.spillway.store.Mails;

final class DsnHostileTest {
  private static final Instant NOW = Instant.parse("2026-11-24T05:41:29Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 no\r\n\r\nAction: delivered",
        "550 \u0000\u001b[2J\u202e",
        "550 \ud800 lone",
        "550 ünïcode äöü",
        "\r\n--=_01M86EX38GQ7WEDHA5J00H0QRQ--\r\n",
        "550\tAction: delivered\nStatus: 2.0.0",
      })
  void aPeersWordsForgeNothing(String said) {
    String content = "Subject: " + said + "\r\n\r\nsecret body";
    Entry entry =
        Mails.holding(EntryId.next(NOW, new Random(2)), content, "a@b.example", "c@d.example");
    Fate fate =
        new Fate(
            0,
            Fate.Kind.FAILED,
            new Status(5, 0, 0),
            said,
            Optional.empty(),
            NOW,
            Optional.empty());
    Dsn dsn =
        new DsnWriter("gw.example.com", Optional.empty(), new Random(1), InstantSource.fixed(NOW))
            .write(entry, List.of(fate))
            .orElseThrow();
    CleanMail.check(dsn);
    String text = new String(dsn.content(), StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("secret");
    assertThat(text.lines().filter(line -> line.startsWith("Action:")))
        .containsExactly("Action: failed");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 400, 5000, 100_000})
  void longWordsAreCut(int length) {
    String said = "550 " + "漢".repeat(length);
    String content = "X-Long: " + "y".repeat(length) + "\r\n" + "Y: z\r\n".repeat(length) + "\r\n";
    Entry entry =
        Mails.holding(EntryId.next(NOW, new Random(2)), content, "ä@b.example", "c@d.example");
    Fate fate =
        new Fate(
            0,
            Fate.Kind.FAILED,
            new Status(5, 0, 0),
            said,
            Optional.empty(),
            NOW,
            Optional.empty());
    Dsn dsn =
        new DsnWriter("gw.example.com", Optional.empty(), new Random(1), InstantSource.fixed(NOW))
            .write(entry, List.of(fate))
            .orElseThrow();
    CleanMail.check(dsn);
    assertThat(dsn.content().length).isLessThan(50_000);
  }
}
