package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.Courier.Probe;
import org.spillway.deliver.Outcome;
import org.spillway.route.HealthSettings;
import org.spillway.route.Site;
import org.spillway.route.SiteLimits;
import org.spillway.testing.FakePeer;
import org.spillway.testing.FakePeer.Act;
import org.spillway.testing.FakePeer.At;

/** A probe goes as deep as the site allows and says where it failed. */
final class ProberTest {
  private final FakePeer peer = FakePeer.smtp().start();
  private final Errands errands = new Errands();

  @AfterEach
  void stop() {
    errands.close();
    peer.close();
  }

  private static HealthSettings canary() {
    HealthSettings d = HealthSettings.DEFAULT;
    return new HealthSettings(
        d.failures(),
        d.window(),
        d.windowAttempts(),
        d.windowFailureRatio(),
        d.probeEvery(),
        d.probeRelayEvery(),
        d.probeRelayDownEvery(),
        d.hold(),
        d.holdMax(),
        d.goodProbes(),
        d.goodFor(),
        d.stableFor(),
        d.spillAfter(),
        Optional.of(Errands.address("canary@example.com")));
  }

  private Site site(Site.Kind kind) {
    return Errands.with(Errands.site(kind, peer), SiteLimits.DEFAULT, canary());
  }

  private Probe probe(Site.Kind kind) {
    return errands.courier.probe(site(kind), "127.0.0.1:" + peer.port());
  }

  private Outcome.Step badStep(Site.Kind kind) {
    return ((Probe.Bad) probe(kind)).step();
  }

  @Test
  void goesThroughEveryStepAndLeaves() {
    assertThat(probe(Site.Kind.SMTP)).isInstanceOf(Probe.Good.class);
    assertThat(peer.commands())
        .containsExactly(
            "EHLO gw.example.com", "MAIL FROM:<>", "RCPT TO:<canary@example.com>", "RSET", "QUIT");
    assertThat(peer.received()).isEmpty();
  }

  @Test
  void asksNoRecipientOfARelay() {
    assertThat(probe(Site.Kind.RELAY)).isInstanceOf(Probe.Good.class);
    assertThat(peer.commands()).noneMatch(c -> c.startsWith("RCPT"));
  }

  @Test
  void saysWhichStepFailed() {
    for (At at : new At[] {At.GREETING, At.EHLO, At.MAIL, At.RCPT}) {
      peer.reset().on(at, Act.reply("451 4.3.0 store down"));
      assertThat(badStep(Site.Kind.SMTP)).hasToString(at.name());
      peer.reset().on(at, Act.drop());
      assertThat(badStep(Site.Kind.SMTP)).hasToString(at.name());
    }
  }

  @Test
  void aStoppedPeerFailsAtConnect() {
    peer.stop();
    assertThat(badStep(Site.Kind.SMTP)).isEqualTo(Outcome.Step.CONNECT);
  }

  @Test
  void aNameThatIsNotKnownFailsAtResolve() {
    Probe probe = errands.courier.probe(site(Site.Kind.SMTP), "gone.test:25");
    assertThat(((Probe.Bad) probe).step()).isEqualTo(Outcome.Step.RESOLVE);
  }
}
