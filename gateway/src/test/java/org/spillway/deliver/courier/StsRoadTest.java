package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.StsPolicy.Mode;
import org.spillway.deliver.tls.StsState;
import org.spillway.deliver.tls.TlsFault;
import org.spillway.policy.TlsFloor;
import org.spillway.testing.FakePeer;
import org.spillway.testing.TestCertificate;

/** MTA-STS over real TLS: what enforce stops, what testing reports (RFC 8461). */
final class StsRoadTest {
  @TempDir Path folder;
  private final MxRoad road = new MxRoad();

  @BeforeEach
  void startWithTls() {
    road.mx1.startTls(MxRoad.ONE);
    road.mx2.startTls(MxRoad.ONE);
    road.start().floor(TlsFloor.OPPORTUNISTIC, folder);
  }

  @AfterEach
  void stop() {
    road.close();
  }

  @Test
  void enforceKept() {
    road.policy(Mode.ENFORCE, "*.example.net");
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.reported()).containsExactly("sts mx1.example.net ok");
  }

  @Test
  void enforceWithABadCertificateSendsNothingAndReports() {
    road.policy(Mode.ENFORCE, "mx1.example.net");
    road.mx1.startTls(MxRoad.ALIEN);
    Outcome outcome = road.send();
    assertThat(((Outcome.Unreachable) outcome).step()).isEqualTo(Outcome.Step.TLS);
    assertThat(outcome.why()).startsWith("MTA-STS: the certificate is not trusted");
    assertThat(road.mailWords()).as("no MAIL, no RCPT, no DATA").isEmpty();
    assertThat(road.reported()).containsExactly("sts mx1.example.net certificate-not-trusted");
    assertThat(road.errands.seen).containsExactly("bad TLS");
  }

  @Test
  void thenTheNextHostIsTried() {
    TestCertificate second = MxRoad.ONE;
    road.withSecond().policy(Mode.ENFORCE, "mx1.example.net", "mx2.example.net");
    road.mx1.startTls(MxRoad.ALIEN);
    road.mx2.startTls(second); // trusted, but for mx1
    Outcome outcome = road.send();
    assertThat(outcome.why())
        .as("each host's reason is in the trace")
        .contains("mx1.example.net, not for mx2.example.net")
        .contains("; mx1.example.net:" + road.mx1.port())
        .contains("MTA-STS: the certificate is not trusted");
    assertThat(road.mailWords()).isEmpty();
    assertThat(road.reported())
        .containsExactly(
            "sts mx1.example.net certificate-not-trusted",
            "sts mx2.example.net certificate-host-mismatch");
  }

  @Test
  void theNextHostThatKeepsItGetsTheMail() {
    road.withSecond().policy(Mode.ENFORCE, "mx1.example.net");
    road.dns.clear("example.net").mx("example.net", 5, "mx2.example.net");
    road.dns.mx("example.net", 10, "mx1.example.net");
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.mx2.connections()).as("not one of the policy's hosts").isZero();
    assertThat(road.mx1.received()).hasSize(1);
    assertThat(road.reported())
        .containsExactly("sts mx2.example.net validation-failure", "sts mx1.example.net ok");
  }

  @Test
  void enforceWithoutStarttls() {
    road.close();
    MxRoad clear = new MxRoad().start().floor(TlsFloor.OPPORTUNISTIC, folder);
    try (clear) {
      clear.policy(Mode.ENFORCE, "mx1.example.net");
      Outcome outcome = clear.send();
      assertThat(((Outcome.Unreachable) outcome).step()).isEqualTo(Outcome.Step.STARTTLS);
      assertThat(outcome.why()).startsWith("MTA-STS: ");
      assertThat(clear.mailWords()).isEmpty();
      assertThat(clear.reported()).containsExactly("sts mx1.example.net starttls-not-supported");
    }
  }

  @Test
  void enforceWithAnExpiredCertificate() {
    TestCertificate old =
        TestCertificate.of(Instant.now().minus(Duration.ofDays(3)), "mx1.example.net");
    road.mx1.startTls(old);
    road.policy(Mode.ENFORCE, "mx1.example.net");
    try {
      Path authority = old.writeAuthority(folder.resolve("old.pem"));
      road.site =
          Errands.with(
              road.site,
              TlsFloor.OPPORTUNISTIC,
              java.util.Optional.of(authority),
              java.util.Optional.empty());
    } catch (java.io.IOException broken) {
      throw new IllegalStateException(broken);
    }
    assertThat(road.send().why()).contains("the certificate is valid from");
    assertThat(road.reported()).containsExactly("sts mx1.example.net certificate-expired");
  }

  @Test
  void testingSendsAndReports() {
    road.policy(Mode.TESTING, "mx1.example.net");
    road.mx1.startTls(MxRoad.ALIEN);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.mx1.received()).hasSize(1);
    assertThat(road.reported()).containsExactly("sts mx1.example.net certificate-not-trusted");
  }

  @Test
  void testingWithAnotherHostSendsAndReports() {
    road.policy(Mode.TESTING, "elsewhere.test");
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.reported()).containsExactly("sts mx1.example.net validation-failure");
  }

  @Test
  void testingWithoutTlsSendsInClearAndReports() {
    road.close();
    try (MxRoad clear = new MxRoad().start().floor(TlsFloor.OPPORTUNISTIC, folder)) {
      clear.policy(Mode.TESTING, "mx1.example.net");
      assertThat(clear.send()).isInstanceOf(Outcome.Relayed.class);
      assertThat(clear.mx1.received().getFirst().secured()).isFalse();
      assertThat(clear.reported()).containsExactly("sts mx1.example.net starttls-not-supported");
    }
  }

  @Test
  void aPolicyThatCannotBeHadIsReported() {
    road.sts =
        new StsState.Broken(
            new TlsFault.StsFetch(TlsFault.ResultType.STS_WEBPKI_INVALID, "policy host: PKIX"));
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.reported()).containsExactly("sts mx1.example.net sts-webpki-invalid");
  }

  @Test
  void modeNoneIsAsIfThereWereNone() {
    road.policy(Mode.NONE);
    road.mx1.startTls(MxRoad.ALIEN);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.reported()).containsExactly("no-policy-found mx1.example.net ok");
  }

  @Test
  void bothMustBeKeptWhereBothSpeak() {
    road.signed().tlsa(MxRoad.ALIEN).policy(Mode.ENFORCE, "mx1.example.net");
    assertThat(road.send().why()).startsWith("DANE: ");
    assertThat(road.reported())
        .as("RFC 8461 §2: MTA-STS does not override DANE")
        .containsExactly("tlsa mx1.example.net validation-failure", "sts mx1.example.net ok");
    road.rows.clear();
    road.mx1.startTls(MxRoad.ALIEN);
    assertThat(road.send().why()).startsWith("MTA-STS: ");
    assertThat(road.reported())
        .containsExactly("tlsa mx1.example.net ok", "sts mx1.example.net certificate-not-trusted");
    assertThat(road.mailWords()).isEmpty();
  }

  @Test
  void enforceSatisfiesTheHighestFloor() {
    road.floor(TlsFloor.DANE_OR_MTA_STS, folder).policy(Mode.ENFORCE, "mx1.example.net");
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void aConstraintIsMetBeforeMail() {
    road.mx1.startTls(MxRoad.ALIEN);
    road.floor(TlsFloor.VERIFY_MX, folder);
    assertThat(road.send().why()).startsWith("TLS is required: ");
    assertThat(road.mailWords()).isEmpty();
    assertThat(road.reported())
        .containsExactly("no-policy-found mx1.example.net certificate-not-trusted");
  }

  @Test
  void oneConnectionIsOneSession() {
    road.policy(Mode.ENFORCE, "mx1.example.net");
    road.send();
    road.send();
    assertThat(road.mx1.connections()).isEqualTo(1);
    assertThat(road.reported()).hasSize(1);
  }

  @Test
  void aResumedSessionIsJudgedAgain() {
    road.mx1.startTls(MxRoad.ALIEN);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    road.errands.courier.drop(road.site);
    road.policy(Mode.ENFORCE, "mx1.example.net");
    assertThat(road.send()).isInstanceOf(Outcome.Unreachable.class);
    assertThat(road.mx1.received()).hasSize(1);
  }

  @Test
  void aClientCertificateIsShownWhereOneIsAsked() throws java.io.IOException {
    TestCertificate ours = TestCertificate.of("gw.example.com");
    FakePeer picky = FakePeer.smtp().startTls(MxRoad.ONE.demanding(ours)).start();
    org.spillway.route.Site relay =
        Errands.with(
            Errands.site(org.spillway.route.Site.Kind.RELAY, picky),
            TlsFloor.ENCRYPT,
            java.util.Optional.empty(),
            java.util.Optional.empty());
    org.spillway.route.Site.Identity identity =
        new org.spillway.route.Site.Identity(
            ours.writeChain(folder.resolve("c.pem")), ours.writeKey(folder.resolve("k.pem")));
    try (picky) {
      var mail = Errands.entry(Errands.MESSAGE, "b@example.net");
      assertThat(road.errands.send(relay, mail).get(0)).isInstanceOf(Outcome.Unreachable.class);
      org.spillway.route.Site.Tls tls =
          new org.spillway.route.Site.Tls(
              TlsFloor.ENCRYPT,
              false,
              java.util.Optional.empty(),
              java.util.Optional.empty(),
              java.util.Optional.of(identity),
              org.spillway.route.Site.Tls.Version.TLS_1_3);
      var site = Errands.with(relay, tls, relay.login(), relay.timeouts());
      assertThat(road.errands.send(site, mail).get(0)).isInstanceOf(Outcome.Relayed.class);
    }
  }
}
