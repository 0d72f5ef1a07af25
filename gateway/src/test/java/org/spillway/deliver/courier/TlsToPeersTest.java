package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Site;
import org.spillway.spool.Entry;
import org.spillway.testing.FakePeer;
import org.spillway.testing.FakePeer.Act;
import org.spillway.testing.FakePeer.At;
import org.spillway.testing.TestCertificate;

/** Each TLS floor against peers with and without TLS, and passwords. */
final class TlsToPeersTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.of("relay.test", "127.0.0.1");

  @TempDir Path folder;
  private final Errands errands = new Errands();
  private final Entry mail = Errands.entry(Errands.MESSAGE, "b@example.net");
  private FakePeer peer = FakePeer.smtp().startTls(CERTIFICATE);
  private Optional<Path> ca = Optional.empty();

  @BeforeEach
  void writeAuthority() throws IOException {
    ca = Optional.of(CERTIFICATE.writeAuthority(folder.resolve("ca.pem")));
  }

  @AfterEach
  void stop() {
    errands.close();
    peer.close();
  }

  private Outcome send(TlsFloor floor, Optional<Path> authority, Optional<String> name) {
    peer.start();
    Site site = Errands.site(Site.Kind.RELAY, peer);
    return errands.send(Errands.with(site, floor, authority, name), mail).get(0);
  }

  private static Outcome.Step step(Outcome outcome) {
    return ((Outcome.Unreachable) outcome).step();
  }

  @Test
  void noneNeverStartsIt() {
    assertThat(send(TlsFloor.NONE, ca, Optional.empty())).isInstanceOf(Outcome.Relayed.class);
    assertThat(peer.received().getFirst().secured()).isFalse();
  }

  @Test
  void opportunisticStartsItWithWhomeverAnswers() {
    assertThat(send(TlsFloor.OPPORTUNISTIC, Optional.empty(), Optional.of("other.test")))
        .isInstanceOf(Outcome.Relayed.class);
    assertThat(peer.received().getFirst().secured()).isTrue();
  }

  @Test
  void opportunisticGoesClearOnANewConnectionWhenTheHandshakeFails() {
    peer.on(At.HANDSHAKE, Act.drop());
    assertThat(send(TlsFloor.OPPORTUNISTIC, ca, Optional.empty()))
        .isInstanceOf(Outcome.Relayed.class);
    assertThat(peer.received().getFirst().secured()).isFalse();
    assertThat(peer.connections()).isEqualTo(2);
  }

  @Test
  void encryptTakesAnyCertificateButNeverClear() {
    assertThat(send(TlsFloor.ENCRYPT, Optional.empty(), Optional.empty()))
        .isInstanceOf(Outcome.Relayed.class);
    peer.close();
    peer = FakePeer.smtp();
    assertThat(step(send(TlsFloor.ENCRYPT, Optional.empty(), Optional.empty())))
        .isEqualTo(Outcome.Step.STARTTLS);
    assertThat(peer.received()).isEmpty();
  }

  @Test
  void encryptNeverFallsBack() {
    peer.on(At.HANDSHAKE, Act.drop());
    assertThat(step(send(TlsFloor.ENCRYPT, ca, Optional.empty()))).isEqualTo(Outcome.Step.TLS);
    assertThat(peer.connections()).isEqualTo(1);
  }

  @Test
  void verifyWantsChainAndName() {
    assertThat(send(TlsFloor.VERIFY, ca, Optional.of("relay.test")))
        .isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void verifyRefusesAnotherName() {
    assertThat(step(send(TlsFloor.VERIFY, ca, Optional.of("other.test"))))
        .isEqualTo(Outcome.Step.TLS);
    assertThat(errands.seen).containsExactly("bad TLS");
  }

  @Test
  void verifyRefusesAnUnknownAuthority() {
    assertThat(step(send(TlsFloor.VERIFY, Optional.empty(), Optional.of("relay.test"))))
        .isEqualTo(Outcome.Step.TLS);
  }

  @Test
  void verifyTakesTheHostsOwnNameWhereNoneIsSaid() {
    assertThat(send(TlsFloor.VERIFY_MX, ca, Optional.empty())).isInstanceOf(Outcome.Relayed.class);
  }

  @Test
  void anAuthoritiesFileThatIsMissingIsUnreachable() {
    assertThat(step(send(TlsFloor.VERIFY, Optional.of(folder.resolve("gone")), Optional.empty())))
        .isEqualTo(Outcome.Step.TLS);
  }

  @Test
  void implicitTlsFromTheFirstByteWithLogin() {
    peer = FakePeer.smtp().implicitTls(CERTIFICATE).login("user", "secret").start();
    Site.Tls tls = new Site.Tls(TlsFloor.VERIFY, true, ca, Optional.of("relay.test"));
    Site plain = Errands.site(Site.Kind.RELAY, peer);
    Site site =
        Errands.withLogin(
            Errands.with(plain, tls, plain.login(), plain.timeouts()), "user", "secret");
    assertThat(errands.send(site, mail).get(0)).isInstanceOf(Outcome.Relayed.class);
    assertThat(peer.received().getFirst().secured()).isTrue();
  }

  @Test
  void aWrongPasswordIsOurMistakeAndTheMailStays() {
    peer.login("user", "secret").start();
    Site site =
        Errands.withLogin(
            Errands.with(
                Errands.site(Site.Kind.RELAY, peer), TlsFloor.VERIFY, ca, Optional.empty()),
            "user",
            "wrong");
    Outcome outcome = errands.send(site, mail).get(0);
    assertThat(((Outcome.Deferred) outcome).effect()).isEqualTo(new Effect.Misconfigured());
    assertThat(outcome.why()).contains("535").doesNotContain("wrong\0");
  }

  @Test
  void aPasswordIsNotSentInClearWhereTlsWasOnlyHopedFor() {
    peer = FakePeer.smtp().login("user", "secret").start();
    Site site =
        Errands.withLogin(
            Errands.with(
                Errands.site(Site.Kind.RELAY, peer), TlsFloor.OPPORTUNISTIC, ca, Optional.empty()),
            "user",
            "secret");
    Outcome outcome = errands.send(site, mail).get(0);
    assertThat(((Outcome.Deferred) outcome).effect()).isEqualTo(new Effect.Misconfigured());
    assertThat(peer.commands()).noneMatch(c -> c.startsWith("AUTH"));
  }

  @Test
  void bytesBetweenStarttlsAndHandshakeAreRefused() {
    peer.on(At.STARTTLS, Act.reply("220 go\n250 injected"));
    assertThat(step(send(TlsFloor.ENCRYPT, ca, Optional.empty()))).isEqualTo(Outcome.Step.TLS);
  }

  @Test
  void theConstraintsOfACopyRaiseTheFloor() {
    peer = FakePeer.smtp().start();
    Entry strict = ConstrainedEntry.of(mail, TlsFloor.ENCRYPT);
    assertThat(step(errands.send(Errands.site(Site.Kind.RELAY, peer), strict).get(0)))
        .isEqualTo(Outcome.Step.STARTTLS);
    assertThat(peer.received()).isEmpty();
  }

  /** An entry whose copies demand TLS. */
  private static final class ConstrainedEntry {
    static Entry of(Entry e, TlsFloor floor) {
      var constraints =
          new org.spillway.policy.Constraints(
              floor,
              Optional.empty(),
              java.util.Set.of(),
              java.util.Set.of(),
              true,
              java.util.Set.of("r1"));
      var copies =
          e.decision().copies().stream()
              .map(
                  c ->
                      new org.spillway.policy.Copy(
                          c.recipients(), c.direction(), c.constraints().meet(constraints)))
              .toList();
      return new Entry(
          e.id(),
          e.arrival(),
          e.direction(),
          e.envelope(),
          e.facts(),
          new org.spillway.policy.Decision(copies),
          e.standings(),
          e.content());
    }
  }
}
