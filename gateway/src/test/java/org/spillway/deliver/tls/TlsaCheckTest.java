package org.spillway.deliver.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spillway.deliver.tls.Certificates.MIDDLE;
import static org.spillway.deliver.tls.Certificates.NOW;
import static org.spillway.deliver.tls.Certificates.OTHER;
import static org.spillway.deliver.tls.Certificates.ROOT;
import static org.spillway.deliver.tls.Certificates.chain;
import static org.spillway.deliver.tls.Certificates.tlsa;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.dns.Dns;

/** RFC 7672 §3.1: usages, selectors, matching types, names, dates and rollover. */
final class TlsaCheckTest {
  private static final String HOST = "mx1.example.net";
  private static final Set<String> NAMES = Set.of(HOST, "example.net");
  private static final X509Certificate GOOD = MIDDLE.leaf(0, "x", HOST);
  private static final X509Certificate OLD = MIDDLE.leaf(-9, "x", "elsewhere.test");

  private static Optional<TlsFault> check(List<X509Certificate> chain, Dns.Tlsa... records) {
    return TlsaCheck.objection(new TlsDemand.Proof.Dane(List.of(records), NAMES), chain, NOW);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2"})
  void everySelectorAndMatchingOfTheServersOwn(int selector, int matching) {
    Dns.Tlsa own = tlsa(3, selector, matching, GOOD);
    assertThat(TlsaCheck.isUsable(own)).isTrue();
    assertThat(check(chain(GOOD, MIDDLE), own)).isEmpty();
    assertThat(check(chain(OTHER.leaf(0, "x", HOST)), own))
        .containsInstanceOf(TlsFault.TlsaMismatch.class);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2"})
  void everySelectorAndMatchingOfTheAuthority(int selector, int matching) {
    Dns.Tlsa middle = tlsa(2, selector, matching, MIDDLE.certificate());
    Dns.Tlsa root = tlsa(2, selector, matching, ROOT.certificate());
    assertThat(TlsaCheck.isUsable(middle)).isTrue();
    assertThat(check(chain(GOOD, MIDDLE), middle)).isEmpty();
    assertThat(check(chain(GOOD, MIDDLE, ROOT), root)).isEmpty();
    assertThat(check(chain(GOOD, ROOT, MIDDLE), root)).as("in another order").isEmpty();
    assertThat(check(chain(OTHER.leaf(0, "x", HOST), MIDDLE), middle))
        .as("the authority stands in the chain but did not sign")
        .containsInstanceOf(TlsFault.Untrusted.class);
  }

  @Test
  void anAuthorityThatOnlyTheRecordHolds() {
    assertThat(check(chain(GOOD), tlsa(2, 0, 0, MIDDLE.certificate()))).isEmpty();
    assertThat(check(chain(GOOD), tlsa(2, 1, 0, MIDDLE.certificate()))).isEmpty();
    assertThat(check(chain(GOOD), tlsa(2, 0, 1, MIDDLE.certificate())))
        .containsInstanceOf(TlsFault.TlsaMismatch.class);
  }

  @Test
  void theServersOwnNeedsNeitherNameNorDate() {
    assertThat(check(chain(OLD), tlsa(3, 1, 1, OLD))).isEmpty();
    assertThat(check(chain(OLD, MIDDLE), tlsa(2, 1, 1, MIDDLE.certificate())))
        .containsInstanceOf(TlsFault.Expired.class);
  }

  @Test
  void underAnAuthorityTheNameCounts() {
    Dns.Tlsa middle = tlsa(2, 1, 1, MIDDLE.certificate());
    assertThat(check(chain(MIDDLE.leaf(0, "x", "other.test"), MIDDLE), middle))
        .containsInstanceOf(TlsFault.Name.class);
    assertThat(check(chain(MIDDLE.leaf(0, "x", "example.net"), MIDDLE), middle))
        .as("the next-hop domain")
        .isEmpty();
    assertThat(check(chain(MIDDLE.leaf(0, "x", "*.example.net"), MIDDLE), middle)).isEmpty();
    assertThat(check(chain(MIDDLE.leaf(0, HOST), MIDDLE), middle))
        .as("RFC 7672 §3.2.3: the common name where no DNS name stands")
        .isEmpty();
    assertThat(check(chain(MIDDLE.leaf(0, HOST, "other.test"), MIDDLE), middle))
        .as("and not where one does")
        .containsInstanceOf(TlsFault.Name.class);
  }

  @Test
  void oneRecordThatMatchesIsEnough() {
    Dns.Tlsa next = tlsa(3, 1, 1, OTHER.leaf(0, "x", HOST));
    Dns.Tlsa now = tlsa(3, 1, 1, GOOD);
    Dns.Tlsa stale = tlsa(2, 0, 2, OTHER.certificate());
    assertThat(check(chain(GOOD, MIDDLE), next, stale, now)).isEmpty();
    assertThat(check(chain(GOOD, MIDDLE, ROOT), next, tlsa(2, 0, 1, ROOT.certificate()))).isEmpty();
    assertThat(check(chain(GOOD, MIDDLE), next, stale))
        .containsInstanceOf(TlsFault.TlsaMismatch.class);
  }

  @Test
  void aLeafThatIsItsOwnAuthority() {
    assertThat(check(chain(GOOD), tlsa(2, 0, 1, GOOD))).isEmpty();
    assertThat(check(chain(OLD), tlsa(2, 0, 1, OLD))).containsInstanceOf(TlsFault.Expired.class);
  }

  @Test
  void aClientsCertificateIsNoServers() {
    X509Certificate client = MIDDLE.leaf(KeyPurposeId.id_kp_clientAuth, 0, "x", HOST);
    assertThat(check(chain(client, MIDDLE), tlsa(2, 0, 1, MIDDLE.certificate())))
        .containsInstanceOf(TlsFault.Untrusted.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,1,AA", // PKIX-TA
    "1,1,1,AA", // PKIX-EE
    "4,1,1,AA",
    "255,1,1,AA",
    "3,2,1,AA",
    "3,1,3,AA",
    "3,1,255,AA",
    "3,1,1,short",
    "3,1,2,AA",
    "3,1,1,nothex",
    "3,1,1,''",
    "3,0,0,AA",
    "3,1,0,AA",
    "2,0,0,AA"
  })
  void whatMailDoesNotUse(int usage, int selector, int matching, String data) {
    String hex =
        switch (data) {
          case "AA" -> "aa".repeat(32);
          case "short" -> "aa".repeat(31);
          default -> data;
        };
    Dns.Tlsa record = new Dns.Tlsa(usage, selector, matching, hex);
    assertThat(TlsaCheck.isUsable(record)).isFalse();
    assertThat(check(chain(GOOD), record)).isPresent();
  }
}
