package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.Road;
import org.spillway.deliver.tls.StsState;
import org.spillway.deliver.tls.TlsReports;
import org.spillway.dns.Dns;
import org.spillway.dns.SignedNet;
import org.spillway.mail.Domain;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Site;
import org.spillway.testing.FakePeer;
import org.spillway.testing.TestCertificate;

/** DANE with a zone that is really signed, and our own proofs of it: from DNSKEY to MAIL. */
final class SignedZoneTest {
  private static final Domain DOMAIN = Domain.parse("dane.example").orElseThrow();
  private static final TestCertificate OURS = TestCertificate.of("whatever.test");

  private final FakePeer peer = FakePeer.smtp().startTls(OURS).start();
  private final List<TlsReports.Row> rows = new CopyOnWriteArrayList<>();
  private final SignedNet net;
  private Errands errands = new Errands();

  SignedZoneTest() throws IOException {
    net = new SignedNet();
  }

  private String tlsa() {
    return "_" + peer.port() + "._tcp.mx.example";
  }

  @BeforeEach
  void zone() {
    net.add("dane.example", "MX", "10 mx.example.").add("mx.example", "A", "127.0.0.1");
    net.add(tlsa(), "TLSA", "3 1 1 " + MxRoad.sha256(OURS.publicKey()));
  }

  @AfterEach
  void stop() throws IOException {
    errands.close();
    peer.close();
    net.close();
  }

  private void serve(boolean signed) {
    Dns dns = net.serve(signed);
    errands.close();
    errands =
        new Errands(
            w ->
                new CourierWorld(
                    w.nodeName(),
                    w.self(),
                    peer.port(),
                    dns,
                    w.chance(),
                    w.rules(),
                    w.stamp(),
                    w.hosts(),
                    w.observer(),
                    Road.guarded(
                        dns, _ -> new StsState.None(), rows::add, InstantSource.system())));
  }

  private Outcome send(TlsFloor floor) {
    Site site =
        Errands.with(Errands.site(Site.Kind.MX), floor, Optional.empty(), Optional.<String>empty());
    return errands
        .send(site, Optional.of(DOMAIN), Errands.entry(Errands.MESSAGE, "b@dane.example"))
        .get(0);
  }

  @Test
  void good() {
    serve(true);
    assertThat(send(TlsFloor.DANE_OR_MTA_STS)).isInstanceOf(Outcome.Relayed.class);
    assertThat(rows).hasSize(1).allMatch(row -> row.fault().isEmpty());
  }

  @Test
  void tampered() {
    serve(true);
    net.tamper(tlsa(), "TLSA", "3 1 1 " + "ab".repeat(32));
    Outcome outcome = send(TlsFloor.OPPORTUNISTIC);
    assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
    assertThat(outcome.why()).contains("TLSA look-up");
    assertThat(peer.commands()).isEmpty();
    assertThat(rows.getFirst().fault().orElseThrow().type().word()).isEqualTo("dnssec-invalid");
  }

  @Test
  void expired() {
    serve(true);
    net.pass(Duration.ofDays(11));
    assertThat(send(TlsFloor.OPPORTUNISTIC)).isInstanceOf(Outcome.Unreachable.class);
    assertThat(peer.connections()).isZero();
  }

  @Test
  void unsigned() {
    serve(false);
    assertThat(send(TlsFloor.OPPORTUNISTIC)).isInstanceOf(Outcome.Relayed.class);
    assertThat(rows).allMatch(row -> row.policy() instanceof TlsReports.Policy.NotFound);
    assertThat(send(TlsFloor.DANE_OR_MTA_STS)).isInstanceOf(Outcome.Unreachable.class);
  }
}
