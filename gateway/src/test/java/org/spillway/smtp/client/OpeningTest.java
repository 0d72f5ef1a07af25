package org.spillway.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Reply;
import org.spillway.mail.Secret;
import org.spillway.smtp.Capability;

final class OpeningTest {
  private static final Reply HELLO = Reply.plain(220, "hi");

  private static Opening opening(Opening.StartTls startTls, boolean login) {
    Optional<Opening.Login> credentials =
        login ? Optional.of(new Opening.Login("u", Secret.of("p"), false)) : Optional.empty();
    return new Opening(new Opening.Plan(false, "me.test", startTls, false, credentials));
  }

  private static Reply ehlo(String... features) {
    String[] lines = new String[features.length + 1];
    lines[0] = "peer.test";
    System.arraycopy(features, 0, lines, 1, features.length);
    return Reply.plain(250, lines);
  }

  private static List<String> play(Opening opening, Reply... script) {
    Deque<Reply> replies = new ArrayDeque<>(List.of(script));
    List<String> said = new ArrayList<>();
    while (true) {
      switch (opening.next()) {
        case Want.Say(String text) -> said.add(text.strip());
        case Want.Hear _ -> opening.take(replies.remove());
        case Want.Secure _ -> {
          said.add("(handshake)");
          opening.secured();
        }
        case Want.Content _ -> throw new AssertionError();
        case Want.Ended _ -> {
          assertThat(replies).isEmpty();
          return said;
        }
      }
    }
  }

  @Test
  void greetsAndReadsWhatThePeerOffers() {
    Opening opening = opening(Opening.StartTls.NEVER, false);
    assertThat(play(opening, HELLO, ehlo("SIZE 1000", "LIMITS RCPTMAX=7 MAILMAX=5")))
        .containsExactly("EHLO me.test");
    assertThat(opening.refusal()).isEmpty();
    assertThat(opening.capabilities().sizeBytes()).hasValue(1000);
    assertThat(opening.capabilities().recipients()).hasValue(7);
    assertThat(opening.capabilities().has(Capability.DSN)).isFalse();
  }

  @Test
  void fallsBackToHelo() {
    Opening opening = opening(Opening.StartTls.NEVER, false);
    assertThat(play(opening, HELLO, Reply.plain(502, "no"), Reply.plain(250, "ok", "SIZE")))
        .containsExactly("EHLO me.test", "HELO me.test");
    assertThat(opening.capabilities()).isEqualTo(Capabilities.NONE);
  }

  @Test
  void aBadGreetingIsARefusal() {
    Opening opening = opening(Opening.StartTls.NEVER, false);
    play(opening, Reply.plain(554, "go away"));
    assertThat(opening.refusal().orElseThrow().phase()).isEqualTo(Phase.GREETING);
  }

  @Test
  void saysEhloAgainAfterTheHandshakeAndForgetsWhatWasSaidBefore() {
    Opening opening = opening(Opening.StartTls.ALWAYS, true);
    List<String> said =
        play(
            opening,
            HELLO,
            ehlo("STARTTLS", "SIZE 1", "DSN"),
            Reply.plain(220, "go"),
            ehlo("AUTH PLAIN LOGIN"),
            Reply.plain(235, "ok"));
    String plain = Base64.getEncoder().encodeToString("\0u\0p".getBytes());
    assertThat(said)
        .containsExactly(
            "EHLO me.test", "STARTTLS", "(handshake)", "EHLO me.test", "AUTH PLAIN " + plain);
    assertThat(opening.isSecured()).isTrue();
    assertThat(opening.capabilities().has(Capability.DSN)).isFalse();
  }

  @Test
  void requiredTlsThatIsNotOfferedIsOurRefusal() {
    Opening opening = opening(Opening.StartTls.ALWAYS, false);
    play(opening, HELLO, ehlo());
    assertThat(opening.refusal().orElseThrow().phase()).isEqualTo(Phase.STARTTLS);
    assertThat(opening.refusal().orElseThrow().ours()).isTrue();
  }

  @Test
  void optionalTlsThatIsRefusedGoesOnInClear() {
    Opening opening = opening(Opening.StartTls.WHEN_OFFERED, false);
    play(opening, HELLO, ehlo("STARTTLS"), Reply.plain(454, "not now"));
    assertThat(opening.refusal()).isEmpty();
    assertThat(opening.isSecured()).isFalse();
  }

  @Test
  void neverSendsAPasswordInClear() {
    Opening opening = opening(Opening.StartTls.NEVER, true);
    assertThat(play(opening, HELLO, ehlo("AUTH PLAIN"))).containsExactly("EHLO me.test");
    assertThat(opening.refusal().orElseThrow().phase()).isEqualTo(Phase.AUTH);
  }

  @Test
  void answersTheQuestionsOfAuthLogin() {
    Opening.Login login = new Opening.Login("u", Secret.of("p"), true);
    Opening opening =
        new Opening(
            new Opening.Plan(false, "me", Opening.StartTls.NEVER, false, Optional.of(login)));
    Reply question = Reply.plain(334, "x");
    List<String> said =
        play(opening, HELLO, ehlo("AUTH=LOGIN"), question, question, Reply.plain(235, "ok"));
    assertThat(said).containsExactly("EHLO me", "AUTH LOGIN", "dQ==", "cA==");
  }

  @Test
  void lmtpSaysLhloAndHasNoHelo() {
    Opening opening =
        new Opening(new Opening.Plan(true, "me", Opening.StartTls.NEVER, false, Optional.empty()));
    assertThat(play(opening, HELLO, Reply.plain(500, "what?"))).containsExactly("LHLO me");
    assertThat(opening.refusal().orElseThrow().phase()).isEqualTo(Phase.EHLO);
  }
}
