package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Body;
import org.spillway.mail.Envelope;
import org.spillway.mail.Notify;
import org.spillway.mail.Recipient;
import org.spillway.mail.Ret;
import org.spillway.mail.ReversePath;
import org.spillway.route.Site;
import org.spillway.spool.Entry;
import org.spillway.testing.FakePeer;

/** What a copy looks like for peers that can do less, and what they are never given. */
final class CopyForPeerTest {
  private static final String EIGHT_BIT =
      "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n";

  private final Errands errands =
      new Errands(
          w ->
              new CourierWorld(
                  w.nodeName(),
                  w.self(),
                  w.mxPort(),
                  w.dns(),
                  w.chance(),
                  w.rules(),
                  (entry, recipients) -> "X-Spillway-Trace: " + recipients,
                  w.hosts(),
                  w.observer(),
                  w.road()));
  private FakePeer peer = FakePeer.smtp();

  @AfterEach
  void stop() {
    errands.close();
    peer.close();
  }

  private Map<Integer, Outcome> send(Entry entry) {
    peer.start();
    return errands.send(Errands.site(Site.Kind.SMTP, peer), entry);
  }

  private Outcome.Failed refused(Entry entry) {
    Outcome outcome = send(entry).get(0);
    assertThat(peer.commands()).noneMatch(c -> c.startsWith("MAIL"));
    return (Outcome.Failed) outcome;
  }

  private static Entry entry(String content, boolean signed, Envelope envelope) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Errands.entry(Errands.content(bytes), Errands.facts(content, signed), envelope);
  }

  private static Envelope plain(String... recipients) {
    return Errands.envelope(Optional.of("a@example.com"), false, recipients);
  }

  @Test
  void theStampStandsFirst() {
    send(entry(Errands.MESSAGE, false, plain("b@x.test")));
    assertThat(peer.received().getFirst().content())
        .isEqualTo("X-Spillway-Trace: [0]\r\n" + Errands.MESSAGE);
    assertThat(peer.received().getFirst().mail())
        .endsWith("SIZE=" + (Errands.MESSAGE.length() + "X-Spillway-Trace: [0]\r\n".length()));
  }

  @Test
  void eightBitsGoAsTheyAreToAPeerThatTakesThem() {
    send(entry(EIGHT_BIT, false, plain("b@x.test")));
    assertThat(peer.received().getFirst().mail()).contains("BODY=8BITMIME");
    assertThat(peer.received().getFirst().content()).contains("GrÃ¼Ã\u009fe");
  }

  @Test
  void eightBitsAreEncodedForAPeerThatDoesNot() {
    peer.capabilities("PIPELINING");
    send(entry(EIGHT_BIT, false, plain("b@x.test")));
    assertThat(peer.received().getFirst().mail()).doesNotContain("BODY");
    assertThat(peer.received().getFirst().content())
        .startsWith("X-Spillway-Trace: [0]\r\nSubject: x\r\n")
        .endsWith("Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n");
  }

  @Test
  void signedMailIsNeverEncoded() {
    peer.capabilities("PIPELINING");
    Outcome.Failed failed = refused(entry(EIGHT_BIT, true, plain("b@x.test")));
    assertThat(failed.reply().status()).hasToString("Optional[5.6.3]");
  }

  @Test
  void whatCannotBeEncodedIsRefused() {
    peer.capabilities("PIPELINING");
    String partial = "Content-Type: message/partial\r\n\r\nü\r\n";
    Outcome.Failed failed = refused(entry(partial, false, plain("b@x.test")));
    assertThat(failed.reply().status()).hasToString("Optional[5.6.3]");
    assertThat(failed.why()).contains("message/partial");
  }

  @Test
  void asciiMailGoesPlainWhateverSmtputf8Said() {
    peer.capabilities("8BITMIME");
    Envelope envelope = Errands.envelope(Optional.of("a@example.com"), true, "b@x.test");
    assertThat(send(entry(Errands.MESSAGE, false, envelope)).get(0))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(peer.received().getFirst().mail()).doesNotContain("SMTPUTF8");
  }

  @Test
  void utf8MailIsNeverDowngraded() {
    peer.capabilities("8BITMIME");
    Envelope envelope = Errands.envelope(Optional.of("ä@example.com"), true, "b@x.test");
    assertThat(refused(entry(Errands.MESSAGE, false, envelope)).reply().status())
        .hasToString("Optional[5.6.7]");
  }

  @Test
  void utf8HeadersAreNeverDowngraded() {
    peer.capabilities("8BITMIME");
    Envelope envelope = Errands.envelope(Optional.of("a@example.com"), true, "b@x.test");
    assertThat(refused(entry("Subject: ü\r\n\r\nx\r\n", false, envelope)).reply().status())
        .hasToString("Optional[5.6.7]");
  }

  @Test
  void onlyTheRecipientsThatNeedUtf8AreRefused() {
    peer.capabilities("8BITMIME");
    Envelope envelope =
        Errands.envelope(Optional.of("a@example.com"), true, "ö@x.test", "b@x.test");
    Map<Integer, Outcome> outcomes = send(entry(Errands.MESSAGE, false, envelope));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Failed.class);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void utf8GoesOutWhereItCan() {
    Envelope envelope = Errands.envelope(Optional.of("a@example.com"), true, "ö@x.test");
    send(entry(Errands.MESSAGE, false, envelope));
    assertThat(peer.received().getFirst().mail()).endsWith(" SMTPUTF8");
  }

  @Test
  void tooLargeIsKnownBeforeAnythingIsSent() {
    peer.capabilities("SIZE 20");
    Outcome.Failed failed = refused(entry(Errands.MESSAGE, false, plain("b@x.test")));
    assertThat(failed.effect()).isEqualTo(new Effect.TooLargeHere());
    assertThat(failed.reply().status()).hasToString("Optional[5.3.4]");
  }

  @Test
  void noMoreRecipientsThanThePeerAsksFor() {
    peer.capabilities("PIPELINING", "LIMITS RCPTMAX=1");
    Map<Integer, Outcome> outcomes =
        send(entry(Errands.MESSAGE, false, plain("b@x.test", "c@x.test")));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
    assertThat(((Outcome.Deferred) outcomes.get(1)).effect())
        .isEqualTo(new Effect.SplitRecipients());
  }

  @Test
  void reportWishesArePassedOnWhereTheHopSpeaksDsn() {
    Recipient recipient =
        new Recipient(
            Errands.address("b@x.test"),
            Errands.address("b@x.test"),
            Set.of(Notify.NEVER),
            Optional.of("rfc822;orig@x.test"));
    Envelope envelope =
        new Envelope(
            ReversePath.of(Errands.address("a@example.com")),
            List.of(recipient),
            Body.EIGHTBITMIME,
            false,
            Optional.of(Ret.FULL),
            Optional.of("id1"),
            OptionalLong.empty());
    Outcome outcome = send(entry(Errands.MESSAGE, false, envelope)).get(0);
    assertThat(((Outcome.Delivered) outcome).dsnPassedOn()).isTrue();
    assertThat(peer.received().getFirst().mail()).endsWith("RET=FULL ENVID=id1");
    assertThat(peer.received().getFirst().rcpts().getFirst())
        .endsWith("NOTIFY=NEVER ORCPT=rfc822;orig@x.test");
  }
}
