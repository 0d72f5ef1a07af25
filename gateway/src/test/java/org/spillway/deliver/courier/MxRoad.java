package org.spillway.deliver.courier;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.Road;
import org.spillway.deliver.tls.StsPolicy;
import org.spillway.deliver.tls.StsState;
import org.spillway.deliver.tls.TlsFault;
import org.spillway.deliver.tls.TlsReports;
import org.spillway.mail.Domain;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Site;
import org.spillway.spool.Entry;
import org.spillway.testing.FakeDns;
import org.spillway.testing.FakePeer;
import org.spillway.testing.TestCertificate;

/**
 * The road to {@code example.net}: mx1 at 127.0.0.1 and mx2 at 127.0.0.2, both on one port, both
 * with certificates of an authority that the site trusts unless a test says otherwise.
 */
final class MxRoad implements AutoCloseable {
  static final Domain DOMAIN = Domain.parse("example.net").orElseThrow();
  static final TestCertificate ONE = TestCertificate.of("mx1.example.net");
  static final TestCertificate ALIEN = TestCertificate.of("alien.test");

  final FakePeer mx1 = FakePeer.smtp();
  final FakePeer mx2 = FakePeer.smtp();
  final List<TlsReports.Row> rows = new CopyOnWriteArrayList<>();
  Errands errands;
  FakeDns dns;
  StsState sts = new StsState.None();
  Site site = Errands.site(Site.Kind.MX);

  /** Starts both; only mx1 stands in the DNS. */
  MxRoad start() {
    mx1.start();
    mx2.at("127.0.0.2", mx1.port()).start();
    errands =
        new Errands(
            w ->
                new CourierWorld(
                    w.nodeName(),
                    w.self(),
                    mx1.port(),
                    w.dns(),
                    w.chance(),
                    w.rules(),
                    w.stamp(),
                    w.hosts(),
                    w.observer(),
                    Road.guarded(w.dns(), _ -> sts, rows::add, InstantSource.system())));
    dns = errands.dns;
    dns.mx("example.net", 10, "mx1.example.net");
    dns.address("mx1.example.net", "127.0.0.1").address("mx2.example.net", "127.0.0.2");
    return this;
  }

  /** The second MX host stands in the DNS too. */
  MxRoad withSecond() {
    dns.mx("example.net", 20, "mx2.example.net");
    return this;
  }

  /** DNSSEC proves MX and addresses. */
  MxRoad signed() {
    dns.secure("example.net").secure("mx1.example.net").secure("mx2.example.net");
    return this;
  }

  String tlsaName(String host) {
    return "_" + mx1.port() + "._tcp." + host;
  }

  /** A signed TLSA record 3 1 1 for mx1. */
  MxRoad tlsa(TestCertificate certificate) {
    dns.tlsa(tlsaName("mx1.example.net"), 3, 1, 1, sha256(certificate.publicKey()));
    dns.secure(tlsaName("mx1.example.net"));
    return this;
  }

  MxRoad policy(StsPolicy.Mode mode, String... mx) {
    sts =
        new StsState.Active(
            new StsPolicy(mode, List.of(mx), Duration.ofDays(7), List.of("version: STSv1")));
    return this;
  }

  MxRoad floor(TlsFloor floor, Path folder) {
    try {
      Path authority = ONE.writeAuthority(folder.resolve("ca.pem"));
      site = Errands.with(site, floor, Optional.of(authority), Optional.empty());
      return this;
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  Outcome send(Entry mail) {
    return errands.send(site, Optional.of(DOMAIN), mail).get(0);
  }

  Outcome send() {
    return send(Errands.entry(Errands.MESSAGE, "b@example.net"));
  }

  /** The rows as {@code policy host fault}. */
  List<String> reported() {
    return rows.stream()
        .map(
            row ->
                switch (row.policy()) {
                      case TlsReports.Policy.Sts _ -> "sts ";
                      case TlsReports.Policy.Tlsa _ -> "tlsa ";
                      case TlsReports.Policy.NotFound _ -> "no-policy-found ";
                    }
                    + row.host().orElse("-")
                    + " "
                    + row.fault().map(TlsFault::type).map(t -> t.word()).orElse("ok"))
        .toList();
  }

  /** What the peers heard beyond greeting and TLS. */
  List<String> mailWords() {
    return java.util.stream.Stream.of(mx1, mx2)
        .flatMap(peer -> peer.commands().stream())
        .filter(line -> !line.matches("(EHLO|STARTTLS|QUIT|NOOP).*"))
        .toList();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    errands.close();
    mx1.close();
    mx2.close();
  }
}
