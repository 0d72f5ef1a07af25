package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Reply;
import org.spillway.route.HealthSettings;
import org.spillway.route.Site;
import org.spillway.route.SiteLimits;
import org.spillway.spool.Entry;
import org.spillway.testing.FakePeer;
import org.spillway.testing.FakePeer.Act;
import org.spillway.testing.FakePeer.At;
import org.spillway.testing.PeerMessage;

/** One transaction after another with one peer. */
final class SmtpCourierTest {
  private final FakePeer peer = FakePeer.smtp().start();
  private final Errands errands = new Errands();
  private final Site site = Errands.site(Site.Kind.SMTP, peer);
  private final Entry mail = Errands.entry(Errands.MESSAGE, "b@example.net");

  @AfterEach
  void stop() {
    errands.close();
    peer.close();
  }

  @Test
  void deliversAndSaysWhatTheHostSaid() {
    Map<Integer, Outcome> outcomes = errands.send(site, mail);
    String hop = "127.0.0.1:" + peer.port() + " [127.0.0.1]";
    assertThat(outcomes)
        .containsExactly(
            Map.entry(0, new Outcome.Delivered(hop, Reply.of(250, "2.0.0", "taken"), true)));
    PeerMessage got = peer.received().getFirst();
    assertThat(got.content()).isEqualTo(Errands.MESSAGE);
    assertThat(got.recipients()).containsExactly("b@example.net");
    assertThat(errands.dots).containsExactly(hop);
    assertThat(errands.seen).containsExactly("good");
  }

  @Test
  void aRelaysWordIsNoDelivery() {
    assertThat(errands.send(Errands.site(Site.Kind.RELAY, peer), mail).get(0))
        .isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void usesOneConnectionForManyMessagesWithoutReset() {
    for (int i = 0; i < 5; i++) {
      errands.send(site, mail);
    }
    assertThat(peer.received()).hasSize(5).allMatch(r -> r.connection() == 1);
    assertThat(peer.commands()).doesNotContain("RSET");
  }

  @Test
  void resetsAfterATransactionThatWasLeftUnfinished() {
    peer.once(At.RCPT, Act.reply("550 5.1.1 who?"));
    assertThat(errands.send(site, mail).get(0)).isInstanceOf(Outcome.Failed.class);
    errands.send(site, mail);
    assertThat(peer.commands()).contains("RSET");
    assertThat(peer.received()).hasSize(1);
    assertThat(peer.connections()).isEqualTo(1);
  }

  @Test
  void eachRecipientHasItsOwnOutcome() {
    peer.once(At.RCPT, Act.reply("250 ok"))
        .once(At.RCPT, Act.reply("550 5.1.1 who?"))
        .once(At.RCPT, Act.reply("450 4.2.0 later"));
    Entry three = Errands.entry(Errands.MESSAGE, "b@x.test", "c@x.test", "d@x.test");
    Map<Integer, Outcome> outcomes = errands.send(site, three);
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Deferred.class);
    assertThat(peer.received().getFirst().recipients()).containsExactly("b@x.test");
  }

  @Test
  void speaksStepByStepAndHeloWithAnOldPeer() {
    peer.on(At.EHLO, Act.reply("500 what?"));
    assertThat(errands.send(site, mail).get(0))
        .isEqualTo(
            new Outcome.Delivered(
                "127.0.0.1:" + peer.port() + " [127.0.0.1]",
                Reply.of(250, "2.0.0", "taken"),
                false));
  }

  @Test
  void lmtpAnswersForEachRecipient() {
    try (FakePeer store = FakePeer.lmtp().start()) {
      store
          .once(At.FINAL_DOT, Act.reply("250 2.0.0 ok"))
          .once(At.FINAL_DOT, Act.reply("452 4.2.2 mailbox full"));
      Entry two = Errands.entry(Errands.MESSAGE, "b@x.test", "c@x.test");
      Map<Integer, Outcome> outcomes = errands.send(Errands.site(Site.Kind.LMTP, store), two);
      assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
      assertThat(outcomes.get(1)).isInstanceOf(Outcome.Deferred.class);
      assertThat(store.commands()).contains("LHLO gw.example.com");
    }
  }

  @Test
  void lmtpLostBetweenTwoRepliesIsUnknownForTheSecondOnly() {
    try (FakePeer store = FakePeer.lmtp().start()) {
      store.once(At.FINAL_DOT, Act.reply("250 2.0.0 ok").thenDrop());
      Entry two = Errands.entry(Errands.MESSAGE, "b@x.test", "c@x.test");
      Map<Integer, Outcome> outcomes = errands.send(Errands.site(Site.Kind.LMTP, store), two);
      assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
      assertThat(outcomes.get(1)).isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void lostAfterTheFinalDotIsUnknown() {
    peer.on(At.FINAL_DOT, Act.drop());
    assertThat(errands.send(site, mail).get(0)).isInstanceOf(Outcome.Unknown.class);
    assertThat(errands.seen).containsExactly("bad FINAL_DOT");
  }

  @Test
  void noReplyToTheFinalDotInTimeIsUnknown() {
    CountDownLatch never = new CountDownLatch(1);
    peer.on(At.FINAL_DOT, Act.hold(never));
    Outcome outcome = errands.send(Errands.with(site, Errands.HASTY), mail).get(0);
    never.countDown();
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(outcome.why()).contains("200 ms");
  }

  @Test
  void lostBeforeTheDotWasNeverJudged() {
    for (At at : List.of(At.GREETING, At.EHLO, At.MAIL, At.RCPT, At.DATA)) {
      peer.reset().on(at, Act.drop());
      Outcome outcome = errands.send(site, mail).get(0);
      assertThat(outcome).as(at.name()).isInstanceOf(Outcome.Unreachable.class);
      assertThat(((Outcome.Unreachable) outcome).step()).hasToString(at.name());
    }
    assertThat(errands.dots).isEmpty();
  }

  @Test
  void aPeerThatStopsReadingIsGivenUpBeforeTheDot() {
    CountDownLatch never = new CountDownLatch(1);
    peer.on(At.CONTENT, Act.hold(never));
    Entry large = Errands.entry("S: x\r\n\r\n" + "0123456789\r\n".repeat(2 << 20), "b@x.test");
    Outcome outcome = errands.send(Errands.with(site, Errands.HASTY), large).get(0);
    never.countDown();
    assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
    assertThat(errands.dots).isEmpty();
    assertThat(peer.received()).isEmpty();
  }

  @Test
  void hearsWhyAPeerGivesUpDuringTheContent() {
    peer.on(At.CONTENT, Act.reply("552 5.3.4 too large").thenDrop());
    Entry large = Errands.entry("S: x\r\n\r\n" + "0123456789\r\n".repeat(2 << 20), "b@x.test");
    assertThat(errands.send(site, large).get(0))
        .isInstanceOfAny(Outcome.Failed.class, Outcome.Unreachable.class);
    assertThat(errands.dots).isEmpty();
  }

  @Test
  void aConnectionThatDiedWhileItWasKeptIsReplacedInSilence() {
    errands.send(site, mail);
    peer.stop();
    peer.start();
    assertThat(errands.send(site, mail).get(0)).isInstanceOf(Outcome.Delivered.class);
    assertThat(errands.seen).containsExactly("good", "good");
  }

  @Test
  void a421ThatWaitedOnAKeptConnectionIsNoAnswer() {
    errands.send(site, mail);
    peer.once(At.MAIL, Act.reply("421 4.4.2 you were idle").thenDrop());
    assertThat(errands.send(site, mail).get(0)).isInstanceOf(Outcome.Delivered.class);
    assertThat(peer.connections()).isEqualTo(2);
  }

  @Test
  void a421InTheMiddleIsAnOverload() {
    peer.once(At.MAIL, Act.reply("421 4.3.2 busy").thenDrop());
    Outcome outcome = errands.send(site, mail).get(0);
    assertThat(((Outcome.Deferred) outcome).effect()).isEqualTo(new Effect.Overload());
    assertThat(errands.seen).containsExactly("overloaded");
  }

  @Test
  void quitsAfterTheMessagesThatTheSiteAllows() {
    SiteLimits two =
        new SiteLimits(
            OptionalLong.empty(),
            100,
            20,
            2,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
    Site limited = Errands.with(site, two, HealthSettings.DEFAULT);
    for (int i = 0; i < 5; i++) {
      errands.send(limited, mail);
    }
    assertThat(peer.connections()).isEqualTo(3);
    Awaitility.await().until(() -> peer.commands().stream().filter("QUIT"::equals).count() == 2);
  }

  @Test
  void leavesIdleConnections() {
    Site brief = Errands.with(site, Errands.timeouts(Duration.ofSeconds(9), Duration.ofMillis(1)));
    errands.send(brief, mail);
    Awaitility.await().until(() -> peer.commands().contains("QUIT"));
    Awaitility.await().until(() -> peer.openConnections() == 0);
  }

  @Test
  void dropGivesUpWhatIsKept() {
    errands.send(site, mail);
    errands.courier.drop(site);
    Awaitility.await().until(() -> peer.openConnections() == 0);
    errands.send(site, mail);
    assertThat(peer.connections()).isEqualTo(2);
  }

  @Test
  void settingsThatChangedMeanANewConnection() {
    errands.send(site, mail);
    errands.send(Errands.with(site, Errands.HASTY), mail);
    assertThat(peer.connections()).isEqualTo(2);
  }

  @Test
  void goesToTheNextHostWhenOneDoesNotAnswer() {
    FakePeer dead = FakePeer.smtp().start();
    dead.stop();
    Site pool = Errands.site(Site.Kind.SMTP, dead, peer);
    assertThat(errands.send(pool, mail).get(0)).isInstanceOf(Outcome.Delivered.class);
    assertThat(errands.seen).containsExactly("bad CONNECT", "good");
  }

  @Test
  void withoutAnyHostUpNobodyJudgedIt() {
    peer.stop();
    Outcome outcome = errands.send(site, mail).get(0);
    assertThat(((Outcome.Unreachable) outcome).step()).isEqualTo(Outcome.Step.CONNECT);
  }

  @Test
  void withoutHostsItIsUnreachable() {
    Site none = Errands.site(Site.Kind.SMTP);
    assertThat(errands.send(none, Optional.empty(), mail).get(0))
        .isInstanceOf(Outcome.Unreachable.class);
  }
}
