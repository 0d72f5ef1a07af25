package org.spillway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.mail.Body;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.Ret;
import org.spillway.mail.ReversePath;
import org.spillway.mail.Status;
import org.spillway.spool.Entry;
import org.spillway.store.Mails;

/**
 * Every kind of notification as a whole text. The files have LF line ends; the notifications CRLF.
 * To write them anew: {@code -Dgolden.write=true}, then read the difference.
 */
final class DsnGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final Instant CAME = Instant.parse("2026-11-24T05:41:29Z");
  private static final Instant NOW = Instant.parse("2026-11-24T09:41:30Z");
  private static final EntryId ID = EntryId.next(CAME, new Random(1));
  private static final String CONTENT =
      """
      Received: from client.example (client.example [192.0.2.7])
      \tby gw.example.com with ESMTP id X; Tue, 24 Nov 2026 05:41:29 +0000
      From: Ann <ann@example.org>
      To: bob@one.example
      Subject: the figures
      Message-ID: <1@example.org>

      body that never comes back
      """
          .replace("\n", "\r\n");

  private record Case(String name, Entry entry, List<Fate> fates) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fate fate(int index, Fate.Kind kind, String status, String words) {
    Optional<Instant> until =
        kind == Fate.Kind.DELAYED ? Optional.of(CAME.plus(Duration.ofDays(5))) : Optional.empty();
    Optional<String> hop =
        kind == Fate.Kind.FAILED
            ? Optional.empty()
            : Optional.of("mail.one.example:25 [192.0.2.9]");
    return new Fate(index, kind, Status.of(status), words, hop, NOW, until);
  }

  private static Entry plain(String... to) {
    return Mails.holding(ID, CONTENT, "ann@example.org", to);
  }

  private static Entry asked() {
    Recipient bob =
        new Recipient(
            Mails.address("robert@inner.one.example"),
            Mails.address("bob@one.example"),
            Set.of(),
            Optional.of("rfc822;Bob@one.example"));
    Envelope envelope =
        new Envelope(
            ReversePath.of(Mails.address("ann@example.org")),
            List.of(bob, Recipient.of(Mails.address("eve@one.example"))),
            Body.SEVENBIT,
            false,
            Optional.of(Ret.FULL),
            Optional.of("QQ314159"),
            OptionalLong.empty());
    return Mails.entry(ID, CONTENT, envelope);
  }

  private static Entry utf8() {
    Recipient jorg =
        new Recipient(
            Mails.address("jörg@bücher.example"),
            Mails.address("jörg@bücher.example"),
            Set.of(),
            Optional.of("utf-8;jörg@bücher.example"));
    Envelope envelope =
        new Envelope(
            ReversePath.of(Mails.address("märta@example.org")),
            List.of(jorg),
            Body.EIGHTBITMIME,
            true,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());
    return Mails.entry(ID, CONTENT.replace("the figures", "die Übersicht"), envelope);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "dsn-failed",
            plain("bob@one.example"),
            List.of(
                fate(0, Fate.Kind.FAILED, "5.1.1", "550 5.1.1 <bob@one.example> no such user"))),
        new Case(
            "dsn-expired",
            plain("bob@one.example"),
            List.of(
                fate(
                    0,
                    Fate.Kind.FAILED,
                    "4.4.7",
                    "mail.one.example:25 [192.0.2.9]: 451 4.3.0 try later"))),
        new Case(
            "dsn-delayed",
            plain("bob@one.example"),
            List.of(fate(0, Fate.Kind.DELAYED, "4.4.1", "onprem is down: connection refused"))),
        new Case(
            "dsn-delivered",
            plain("bob@one.example"),
            List.of(fate(0, Fate.Kind.DELIVERED, "2.1.5", "250 2.1.5 Saved"))),
        new Case(
            "dsn-relayed",
            plain("bob@one.example"),
            List.of(fate(0, Fate.Kind.RELAYED, "2.0.0", "250 2.0.0 Ok: queued as 4F3"))),
        new Case(
            "dsn-several",
            asked(),
            List.of(
                fate(1, Fate.Kind.RELAYED, "2.0.0", "250 Ok"),
                fate(0, Fate.Kind.FAILED, "5.2.3", "552 5.2.3 robert@inner.one.example: too big"))),
        new Case(
            "dsn-utf8",
            utf8(),
            List.of(fate(0, Fate.Kind.FAILED, "5.1.1", "550 5.1.1 Empfänger unbekannt"))));
  }

  static Dsn written(Entry entry, List<Fate> fates) {
    return new DsnWriter(
            "gw.example.com", Optional.empty(), new Random(2), InstantSource.fixed(NOW))
        .write(entry, fates)
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheGoldenText(Case golden) throws IOException {
    Dsn dsn = written(golden.entry(), golden.fates());
    CleanMail.check(dsn);
    String text = new String(dsn.content(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    Path file = FOLDER.resolve(golden.name() + ".eml");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
    assertThat(text).doesNotContain("never comes back", "inner");
  }

  @Test
  void goesFromNobodyToTheSenderAndAsksForNoReport() {
    Dsn plain = written(plain("bob@one.example"), cases().findFirst().orElseThrow().fates());
    assertThat(plain.envelope().from().isNull()).isTrue();
    assertThat(plain.envelope().recipients())
        .singleElement()
        .satisfies(
            to -> {
              assertThat(to.address()).hasToString("ann@example.org");
              assertThat(to.notifyOn()).containsExactly(org.spillway.mail.Notify.NEVER);
            });
    assertThat(plain.envelope().body()).isEqualTo(Body.SEVENBIT);
    assertThat(plain.envelope().smtputf8()).isFalse();
    assertThat(plain.envelope().ret()).isEmpty();

    Dsn global = written(utf8(), cases().findFirst().orElseThrow().fates());
    assertThat(global.envelope().body()).isEqualTo(Body.EIGHTBITMIME);
    assertThat(global.envelope().smtputf8()).isTrue();
  }

  @Test
  void aNullSenderIsNeverAnswered() {
    Entry bounce = Mails.holding(ID, CONTENT, "", "bob@one.example");
    DsnWriter writer =
        new DsnWriter("gw.example.com", Optional.empty(), new Random(2), InstantSource.fixed(NOW));
    assertThat(writer.write(bounce, cases().findFirst().orElseThrow().fates())).isEmpty();
    assertThat(writer.write(plain("bob@one.example"), List.of())).isEmpty();
  }
}
