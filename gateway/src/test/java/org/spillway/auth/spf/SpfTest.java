package org.spillway.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.spillway.auth.AuthReport.Entry;
import org.spillway.auth.spf.SpfResult.Identity;
import org.spillway.auth.spf.SpfResult.Word;
import org.spillway.mail.Address;
import org.spillway.mail.ReversePath;
import org.spillway.testing.FakeDns;

/** Both identities, causes, bounds and names beyond ASCII; the rest is in the public suite. */
final class SpfTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
  private static final SpfSettings USUAL = SpfSettings.usual("mx.example.com");
  private final FakeDns dns = new FakeDns();

  private static SpfRequest request(String from) {
    return request("192.0.2.1", "mail.example.org", from);
  }

  private static SpfRequest request(String client, String helo, String from) {
    ReversePath path =
        from.isEmpty() ? ReversePath.NULL : ReversePath.of(Address.parse(from).orElseThrow());
    return new SpfRequest(InetAddress.ofLiteral(client), helo, path);
  }

  private SpfResult check(SpfSettings settings, SpfRequest request) {
    return new Spf(dns, NOON, settings).check(request, Identity.MAIL_FROM);
  }

  private SpfResult check(String from) {
    return check(USUAL, request(from));
  }

  @Test
  void bothIdentitiesAreChecked() {
    dns.zone(
        """
        example.org TXT v=spf1 -all
        mail.example.org TXT v=spf1 ip4:192.0.2.0/24 -all
        """);
    SpfVerdict verdict = new Spf(dns, NOON, USUAL).verify(request("ann@example.org"));
    assertThat(verdict.helo().word()).isEqualTo(Word.PASS);
    assertThat(verdict.helo().sender()).isEqualTo("postmaster@mail.example.org");
    assertThat(verdict.helo().mechanism()).contains("ip4:192.0.2.0/24");
    assertThat(verdict.mailFrom().word()).isEqualTo(Word.FAIL);
    assertThat(verdict.mailFrom().domain()).isEqualTo("example.org");
    assertThat(verdict.entries())
        .containsExactly(
            Entry.of("spf", "fail").with("smtp", "mailfrom", "ann@example.org"),
            Entry.of("spf", "pass").with("smtp", "helo", "mail.example.org"));
  }

  @Test
  void theNullSenderIsPostmasterAtHelo() {
    dns.txt("mail.example.org", "v=spf1 exists:%{l}.%{o} -all");
    dns.address("postmaster.mail.example.org", "127.0.0.2");
    SpfVerdict verdict = new Spf(dns, NOON, USUAL).verify(request(""));
    assertThat(verdict.mailFrom().word()).isEqualTo(Word.PASS);
    assertThat(verdict.mailFrom().identity()).isEqualTo(Identity.MAIL_FROM);
    assertThat(verdict.entries())
        .containsExactly(Entry.of("spf", "pass").with("smtp", "helo", "mail.example.org"));
    assertThat(dns.questions()).hasSize(2); // the second identity is the first
  }

  @Test
  void aHeloThatIsNoDomainHasNoSpf() {
    for (String helo : List.of("", "[192.0.2.1]", "localhost", "a..b", ".", "x.", "\0.y")) {
      SpfVerdict verdict =
          new Spf(dns, NOON, USUAL).verify(request("192.0.2.1", helo, "ann@example.org"));
      assertThat(verdict.helo().word()).as(helo).isEqualTo(Word.NONE);
      assertThat(verdict.helo().cause()).isEqualTo(new SpfCause.NoDomain(helo));
    }
    assertThat(dns.questions()).containsOnly("txt example.org");
  }

  @Test
  void anIpv4MappedClientIsIpv4() throws UnknownHostException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
    InetAddress client = Inet6Address.getByAddress("", mapped, -1);
    dns.txt("example.org", "v=spf1 ip6:::ffff:192.0.2.1 -ip4:192.0.2.1 +all");
    SpfRequest request = new SpfRequest(client, "h.example", request("a@example.org").from());
    assertThat(check(USUAL, request).word()).isEqualTo(Word.FAIL);
    dns.clear("example.org").txt("example.org", "v=spf1 ptr -all");
    dns.ptr("192.0.2.1", "mail.example.org").address("mail.example.org", "192.0.2.1");
    assertThat(check(USUAL, request).word()).isEqualTo(Word.PASS);
  }

  @Test
  void theResultSaysTheWholeWay() {
    dns.zone(
        """
        example.org TXT v=spf1 a redirect=_spf.example.org
        example.org A 192.0.2.99
        _spf.example.org TXT v=spf1 include:spf.example.net ~all
        spf.example.net TXT v=spf1 ip6:2001:db8::/32 ip4:192.0.2.0/28 -all
        """);
    SpfResult result = check("ann@example.org");
    assertThat(result.word()).isEqualTo(Word.PASS);
    assertThat(result.path())
        .containsExactly("example.org", "redirect=_spf.example.org", "include:spf.example.net");
    assertThat(result.lookups()).isEqualTo(3);
    assertThat(result.mechanism()).contains("include:spf.example.net");
    assertThat(result.cause().text())
        .isEqualTo(
            "include:spf.example.net of _spf.example.org, then ip4:192.0.2.0/28 of"
                + " spf.example.net");
  }

  @Test
  void theCauseSaysWhereARecordIsWrong() {
    dns.txt("example.org", "v=spf1 include:spf.example.net -all");
    dns.txt("spf.example.net", "v=spf1 ip4:192.0.2.300 -all");
    SpfResult result = check("ann@example.org");
    assertThat(result.word()).isEqualTo(Word.PERMERROR);
    assertThat(result.cause())
        .isEqualTo(new SpfCause.BadRecord("spf.example.net", 11, "no IPv4 address"));
    assertThat(result.entry().reason())
        .contains("the record of spf.example.net is wrong at character 12: no IPv4 address");
  }

  @Test
  void bothLimitsAreSettings() {
    dns.zone(
        """
        example.org TXT v=spf1 a:a.example.org a:b.example.org a:c.example.org ?all
        a.example.org A 192.0.2.9
        b.example.org MX 1 x
        """);
    assertThat(check("ann@example.org").word()).isEqualTo(Word.NEUTRAL);
    SpfSettings two = new SpfSettings("h", 2, 2, Duration.ofSeconds(20), 400, 100);
    assertThat(check(two, request("ann@example.org")).cause())
        .isEqualTo(
            new SpfCause.OverLimit(
                "example.org", "a:c.example.org", "more than 2 terms ask the DNS"));
    SpfSettings oneVoid = new SpfSettings("h", 10, 1, Duration.ofSeconds(20), 400, 0);
    assertThat(check(oneVoid, request("ann@example.org")).word()).isEqualTo(Word.PERMERROR);
  }

  @Test
  void mailHostsWithoutTheClientsFamilyAreOneVoidTerm() {
    for (int i = 0; i < 9; i++) {
      dns.mx("example.org", i, "six" + i + ".example.org");
      dns.address("six" + i + ".example.org", "2001:db8::" + i);
    }
    dns.txt("example.org", "v=spf1 mx mx ip4:192.0.2.1 -all");
    assertThat(check("ann@example.org").word()).isEqualTo(Word.PASS);
  }

  @Test
  void moreThanTenMailHostsAreAnErrorEvenIfTheFirstMatches() {
    for (int i = 0; i < 11; i++) {
      dns.mx("example.org", i, "mail.example.org");
    }
    dns.address("mail.example.org", "192.0.2.1").txt("example.org", "v=spf1 mx -all");
    assertThat(check("ann@example.org").word()).isEqualTo(Word.PERMERROR);
  }

  @Test
  void theTimeIsBounded() {
    AtomicLong now = new AtomicLong();
    InstantSource slow = () -> Instant.ofEpochSecond(now.getAndAdd(8)); // 8 s pass at each look
    dns.txt("example.org", "v=spf1 a:a.example.org a:b.example.org a:c.example.org -all");
    SpfResult result =
        new Spf(dns, slow, USUAL).check(request("ann@example.org"), Identity.MAIL_FROM);
    assertThat(result.word()).isEqualTo(Word.TEMPERROR);
    assertThat(result.cause())
        .isEqualTo(new SpfCause.DnsFailed("address b.example.org", "the time for SPF is up"));
  }

  @Test
  void aDnsThatFailsIsATemporaryError() {
    dns.fail("example.org", "SERVFAIL");
    assertThat(check("ann@example.org").cause())
        .isEqualTo(new SpfCause.DnsFailed("txt example.org", "SERVFAIL"));
    dns.txt("example.org", "v=spf1 mx -all").mx("example.org", 1, "mail.example.org");
    dns.fail("mail.example.org", "time-out");
    assertThat(check("ann@example.org").word()).isEqualTo(Word.TEMPERROR);
    dns.clear("example.org").txt("example.org", "v=spf1 ptr -all").fail("192.0.2.1", "SERVFAIL");
    assertThat(check("ann@example.org").word()).isEqualTo(Word.FAIL); // RFC 7208 §5.5
  }

  @Test
  void explanationsAreExpandedAsciiAndBounded() {
    dns.txt("example.org", "v=spf1 -all exp=why.example.org");
    dns.txt("why.example.org", "%{c} at %{t} to %{r}: see http://a.example/?s=%{S}&h=%{h}");
    assertThat(check("a+b@example.org").explanation())
        .contains(
            "192.0.2.1 at 1800000000 to mx.example.com: see"
                + " http://a.example/?s=a%2Bb%40example.org&h=mail.example.org");
    dns.clear("why.example.org").txt("why.example.org", "%{s}".repeat(500));
    assertThat(check("a@example.org").explanation().orElseThrow()).hasSize(400);
    assertThat(check("jörg@example.org").explanation()).isEmpty(); // ASCII only
    SpfSettings none = new SpfSettings("h", 10, 2, Duration.ofSeconds(20), 0, 100);
    assertThat(check(none, request("a@example.org")).explanation()).isEmpty();
  }

  @Test
  void namesBeyondAsciiAreAskedAsALabels() { // RFC 8616 §4
    dns.txt("xn--bcher-kva.example", "v=spf1 exists:%{d}.ok.example -all");
    dns.address("xn--bcher-kva.example.ok.example", "127.0.0.2");
    SpfRequest request = request("192.0.2.1", "bücher.example", "ann@bücher.example");
    SpfVerdict verdict = new Spf(dns, NOON, USUAL).verify(request);
    assertThat(verdict.mailFrom().word()).isEqualTo(Word.PASS);
    assertThat(verdict.helo().word()).isEqualTo(Word.PASS);
  }

  @Test
  void aLocalPartThatNoNameCanHoldMatchesNothing() { // RFC 8616 §4
    dns.txt("example.org", "v=spf1 exists:%{l}.example.org ?all");
    assertThat(check("jörg@example.org").word()).isEqualTo(Word.NEUTRAL);
    assertThat(check("\"a\\\\b\"@example.org").word()).isEqualTo(Word.NEUTRAL);
    assertThat(check("\"a..b\"@example.org").word()).isEqualTo(Word.NEUTRAL);
    assertThat(dns.questions()).containsOnly("txt example.org");
  }

  @Test
  void aRedirectOrIncludeToNowhereIsPermanent() {
    dns.txt("example.org", "v=spf1 redirect=%{l}.example.org");
    assertThat(check("nobody@example.org").cause()).isInstanceOf(SpfCause.DeadEnd.class);
    assertThat(check("\"a..b\"@example.org").word()).isEqualTo(Word.PERMERROR);
    dns.clear("example.org").txt("example.org", "v=spf1 include:%{l}.example.org");
    assertThat(check("nobody@example.org").word()).isEqualTo(Word.PERMERROR);
    assertThat(check("\"a..b\"@example.org").word()).isEqualTo(Word.PERMERROR);
  }
}
