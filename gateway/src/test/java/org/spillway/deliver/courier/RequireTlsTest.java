package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.StsPolicy.Mode;
import org.spillway.policy.Constraints;
import org.spillway.policy.Copy;
import org.spillway.policy.Decision;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Site;
import org.spillway.spool.Entry;
import org.spillway.testing.FakePeer;

/** REQUIRETLS and TLS-Required: No on the way out (RFC 8689 §3 to §5). */
final class RequireTlsTest {
  private static final String[] OFFERS = {"PIPELINING", "8BITMIME", "REQUIRETLS"};
  private static final Entry REQUIRED = entry(Optional.of("a@example.com"), true, false);
  private static final Entry BOUNCE = entry(Optional.empty(), true, false);
  private static final Entry WAIVED = entry(Optional.of("a@example.com"), false, true);

  @TempDir Path folder;
  private final MxRoad road = new MxRoad();

  @BeforeEach
  void startWithTls() {
    road.mx1.startTls(MxRoad.ONE).capabilities(OFFERS);
    road.mx2.startTls(MxRoad.ONE).capabilities(OFFERS);
    road.start().floor(TlsFloor.OPPORTUNISTIC, folder);
  }

  @AfterEach
  void stop() {
    road.close();
  }

  private static Entry entry(Optional<String> from, boolean required, boolean waived) {
    return Errands.entry(
        Errands.content(Errands.MESSAGE.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        Errands.facts(Errands.MESSAGE, false).withTlsOptional(waived),
        Errands.envelope(from, false, "b@example.net").requiringTls(required));
  }

  private static void assertReturned(Outcome outcome, String status) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.reply().status().orElseThrow().toString()).isEqualTo(status);
    assertThat(failed.effect()).isEqualTo(new Effect.RoadUnfit());
  }

  private String mailLine(FakePeer peer) {
    return peer.received().getLast().mail();
  }

  @Test
  void keptOverAnMxThatDnssecProved() {
    road.signed();
    assertThat(road.send(REQUIRED)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx1)).endsWith(" REQUIRETLS");
  }

  @Test
  void keptOverAnEnforcedPolicy() {
    road.policy(Mode.ENFORCE, "mx1.example.net");
    assertThat(road.send(REQUIRED)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx1)).endsWith(" REQUIRETLS");
  }

  @Test
  void keptOverDane() {
    road.mx1.startTls(MxRoad.ALIEN);
    road.signed().tlsa(MxRoad.ALIEN);
    assertThat(road.send(REQUIRED)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx1)).endsWith(" REQUIRETLS");
  }

  @Test
  void returnedWhereNothingProvesTheHost() {
    assertReturned(road.send(REQUIRED), "5.7.30");
    assertThat(road.mx1.connections()).isZero();
    road.policy(Mode.TESTING, "mx1.example.net");
    assertReturned(road.send(REQUIRED), "5.7.30");
  }

  @Test
  void returnedWhereNoHostOffersIt() {
    road.mx1.capabilities("PIPELINING");
    road.mx2.capabilities("PIPELINING");
    road.mx2.startTls(MxRoad.ALIEN);
    road.withSecond().signed();
    road.dns.tlsa(
        road.tlsaName("mx2.example.net"), 3, 1, 1, MxRoad.sha256(MxRoad.ALIEN.publicKey()));
    road.dns.secure(road.tlsaName("mx2.example.net"));
    assertReturned(road.send(REQUIRED), "5.7.30");
    assertThat(road.mx1.connections()).isEqualTo(1);
    assertThat(road.mailWords()).isEmpty();
  }

  @Test
  void theNextHostMayOfferIt() {
    road.mx1.capabilities("PIPELINING");
    road.mx2.startTls(MxRoad.ALIEN);
    road.withSecond().signed();
    road.dns.tlsa(
        road.tlsaName("mx2.example.net"), 3, 1, 1, MxRoad.sha256(MxRoad.ALIEN.publicKey()));
    road.dns.secure(road.tlsaName("mx2.example.net"));
    assertThat(road.send(REQUIRED)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx2)).endsWith(" REQUIRETLS");
    assertThat(road.mx1.received()).isEmpty();
  }

  @Test
  void returnedWhereTheCertificateIsNotGood() {
    road.mx1.startTls(MxRoad.ALIEN);
    road.signed();
    assertReturned(road.send(REQUIRED), "5.7.10");
    assertThat(road.mailWords()).isEmpty();
  }

  @Test
  void waitsWhileOneHostMayStillDo() {
    road.mx1.capabilities("PIPELINING");
    road.withSecond().signed();
    road.mx2.stop();
    assertThat(road.send(REQUIRED)).isInstanceOf(Outcome.Unreachable.class);
    road.mx2.start();
  }

  @Test
  void aConnectionMadeForOthersIsNotUsed() {
    road.signed();
    road.send();
    assertThat(mailLine(road.mx1)).doesNotContain("REQUIRETLS");
    road.send(REQUIRED);
    assertThat(mailLine(road.mx1)).endsWith("REQUIRETLS");
    assertThat(road.mx1.connections()).isEqualTo(2);
  }

  @Test
  void aBounceKeepsItWhereItCan() {
    road.signed();
    assertThat(road.send(BOUNCE)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx1)).startsWith("MAIL FROM:<>").endsWith(" REQUIRETLS");
  }

  @Test
  void aBounceGoesOutWhereItCannot() {
    assertThat(road.send(BOUNCE)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx1)).doesNotContain("REQUIRETLS");
    road.errands.courier.drop(road.site);
    road.signed();
    road.mx1.capabilities("PIPELINING");
    assertThat(road.send(BOUNCE)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx1)).doesNotContain("REQUIRETLS");
  }

  @Test
  void aRelayIsNamedByTheConfiguration() {
    Site relay =
        Errands.with(
            Errands.site(Site.Kind.RELAY, road.mx1),
            TlsFloor.VERIFY,
            road.site.tls().caFile(),
            Optional.of("mx1.example.net"));
    assertThat(road.errands.send(relay, REQUIRED).get(0)).isInstanceOf(Outcome.Relayed.class);
    assertThat(mailLine(road.mx1)).endsWith(" REQUIRETLS");
  }

  @Test
  void theEndOfTheRoadNeedsNoPromise() {
    try (FakePeer store = FakePeer.lmtp().start()) {
      Outcome outcome = road.errands.send(Errands.site(Site.Kind.LMTP, store), REQUIRED).get(0);
      assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    }
  }

  @Test
  void tlsRequiredNoOverridesTheRecipientsPolicies() {
    road.signed().tlsa(MxRoad.ALIEN).policy(Mode.ENFORCE, "elsewhere.test");
    assertThat(road.send(WAIVED)).isInstanceOf(Outcome.Relayed.class);
    assertThat(road.mx1.received().getFirst().secured()).as("TLS where it can").isTrue();
    assertThat(road.reported()).isEmpty();
  }

  @Test
  void tlsRequiredNoNeverOverridesAConstraint() {
    road.signed().tlsa(MxRoad.ALIEN);
    assertThat(road.send(constrained(WAIVED, TlsFloor.DANE_OR_MTA_STS)))
        .isInstanceOf(Outcome.Unreachable.class);
    road.mx1.startTls(MxRoad.ALIEN);
    assertThat(road.send(constrained(WAIVED, TlsFloor.VERIFY)))
        .isInstanceOf(Outcome.Unreachable.class);
    assertThat(road.mailWords()).isEmpty();
  }

  @Test
  void requireTlsOverridesTlsRequiredNo() {
    assertReturned(road.send(entry(Optional.of("a@example.com"), true, true)), "5.7.30");
  }

  private static Entry constrained(Entry e, TlsFloor floor) {
    Constraints constraints =
        new Constraints(floor, Optional.empty(), Set.of(), Set.of(), true, Set.of("r1"));
    Decision decision =
        new Decision(
            e.decision().copies().stream()
                .map(c -> new Copy(c.recipients(), c.direction(), constraints))
                .toList());
    return new Entry(
        e.id(),
        e.arrival(),
        e.direction(),
        e.envelope(),
        e.facts(),
        decision,
        e.standings(),
        e.content());
  }
}
