package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spillway.deliver.Outcome;
import org.spillway.policy.TlsFloor;
import org.spillway.testing.FakePeer.Act;
import org.spillway.testing.FakePeer.At;
import org.spillway.testing.TestCertificate;

/** DANE over real TLS: good, tampered, expired, unsigned (RFC 7672). */
final class DaneRoadTest {
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

  private static Outcome.Step step(Outcome outcome) {
    return ((Outcome.Unreachable) outcome).step();
  }

  @Test
  void aMatchingRecordLetsMailThrough() {
    road.signed().tlsa(MxRoad.ONE);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.mx1.received().getFirst().secured()).isTrue();
    assertThat(road.reported()).containsExactly("tlsa mx1.example.net ok");
  }

  @Test
  void aTamperedCertificateGetsNoWordOfMail() {
    road.signed().tlsa(MxRoad.ALIEN);
    Outcome outcome = road.send();
    assertThat(step(outcome)).isEqualTo(Outcome.Step.TLS);
    assertThat(outcome.why()).isEqualTo("DANE: the certificate matches none of 1 TLSA records");
    assertThat(road.mailWords()).isEmpty();
    assertThat(road.reported()).containsExactly("tlsa mx1.example.net validation-failure");
  }

  @Test
  void thenTheNextHostIsTried() {
    road.withSecond().signed().tlsa(MxRoad.ALIEN);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.mx1.received()).isEmpty();
    assertThat(road.mx2.received()).hasSize(1);
  }

  @Test
  void anExpiredSignatureMeansNotNow() {
    road.signed().dns.fail(road.tlsaName("mx1.example.net"), "RRSIG expired");
    Outcome outcome = road.send();
    assertThat(outcome.why()).contains("RRSIG expired");
    assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
    assertThat(road.mx1.connections()).isZero();
    assertThat(road.reported()).containsExactly("tlsa mx1.example.net dnssec-invalid");
  }

  @Test
  void withoutSignaturesThereIsNoDane() {
    road.tlsa(MxRoad.ALIEN);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.dns.questions()).noneMatch(q -> q.startsWith("tlsa"));
    road.dns.secure("mx1.example.net");
    assertThat(road.send()).as("MX unsigned, address signed").isInstanceOf(Outcome.Relayed.class);
    assertThat(road.reported()).allMatch(row -> row.startsWith("no-policy-found"));
  }

  @Test
  void anUnsignedTlsaAnswerIsNone() {
    road.signed().dns.tlsa(road.tlsaName("mx1.example.net"), 3, 1, 1, MxRoad.sha256(new byte[0]));
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void recordsMeanThatStarttlsMustBeThere() {
    road.signed().tlsa(MxRoad.ONE);
    road.mx1.on(At.STARTTLS, Act.reply("454 4.7.0 not now"));
    assertThat(road.send()).isInstanceOf(Outcome.Deferred.class);
    road.mx1.reset().on(At.HANDSHAKE, Act.drop());
    assertThat(step(road.send())).isEqualTo(Outcome.Step.TLS);
    assertThat(road.mailWords()).isEmpty();
    assertThat(road.reported())
        .containsExactly(
            "tlsa mx1.example.net starttls-not-supported",
            "tlsa mx1.example.net validation-failure");
  }

  @Test
  void recordsThatMailDoesNotUseDemandTlsWithAnybody() {
    road.signed().dns.tlsa(road.tlsaName("mx1.example.net"), 1, 1, 1, "aa".repeat(32));
    road.dns.secure(road.tlsaName("mx1.example.net"));
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.mx1.received().getFirst().secured()).isTrue();
    road.errands.courier.drop(road.site);
    road.mx1.on(At.HANDSHAKE, Act.drop());
    assertThat(step(road.send())).isEqualTo(Outcome.Step.TLS);
    assertThat(road.reported()).allMatch("tlsa mx1.example.net tlsa-invalid"::equals).hasSize(2);
  }

  @Test
  void anAliasedHostIsLookedUpAtBothNames() {
    road.signed().dns.clear("mx1.example.net").cname("mx1.example.net", "real.example.org");
    road.dns.address("real.example.org", "127.0.0.1").secure("real.example.org");
    road.tlsa(MxRoad.ALIEN); // at the name that the MX record says
    assertThat(road.send()).isInstanceOf(Outcome.Unreachable.class);
    String end = road.tlsaName("real.example.org");
    road.dns.tlsa(end, 3, 1, 1, MxRoad.sha256(MxRoad.ONE.publicKey())).secure(end);
    assertThat(road.send()).as("the expanded name comes first").isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void keysRollOver() {
    road.signed().tlsa(MxRoad.ALIEN).tlsa(MxRoad.ONE);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsFloor.class,
      names = {"ENCRYPT", "VERIFY_MX", "VERIFY", "DANE_OR_MTA_STS"})
  void daneSatisfiesEveryFloor(TlsFloor floor) {
    TestCertificate selfMade = TestCertificate.of("nobody.test");
    road.mx1.startTls(selfMade);
    road.floor(floor, folder).signed().tlsa(selfMade);
    assertThat(road.send()).isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void theHighestFloorWantsOneOfBoth() {
    road.floor(TlsFloor.DANE_OR_MTA_STS, folder).signed();
    Outcome outcome = road.send();
    assertThat(outcome.why()).contains("has neither");
    assertThat(road.mx1.connections()).isZero();
    assertThat(road.reported()).containsExactly("no-policy-found mx1.example.net dane-required");
  }

  @Test
  void aDomainThatIsItsOwnHost() {
    road.dns.clear("example.net").address("example.net", "127.0.0.1").secure("example.net");
    road.dns.tlsa(road.tlsaName("example.net"), 3, 1, 1, MxRoad.sha256(MxRoad.ALIEN.publicKey()));
    road.dns.secure(road.tlsaName("example.net"));
    assertThat(step(road.send())).isEqualTo(Outcome.Step.TLS);
  }
}
