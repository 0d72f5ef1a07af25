package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Domain;

/** What every {@link Dns} does, over a zone as text. */
interface DnsContract {
  /** A DNS of this zone. */
  Dns over(String zone) throws IOException;

  private static <T> Answer<T> found(List<T> records) {
    return new Answer.Found<>(records, false);
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  @Test
  default void givesMxRecordsLowestFirst() throws IOException {
    Dns dns = over("a.test MX 20 two.test\na.test MX 10 one.test");
    assertThat(dns.mx(domain("a.test")))
        .isEqualTo(found(List.of(new Dns.Mx(10, "one.test"), new Dns.Mx(20, "two.test"))));
  }

  @Test
  default void givesTheNullMxAnEmptyHost() throws IOException {
    assertThat(over("a.test MX 0 .").mx(domain("a.test")))
        .isEqualTo(found(List.of(new Dns.Mx(0, ""))));
  }

  @Test
  default void tellsAMissingNameFromAMissingType() throws IOException {
    Dns dns = over("a.test TXT x");
    assertThat(dns.mx(domain("a.test"))).isEqualTo(new Answer.Absent<>(true));
    assertThat(dns.mx(domain("b.test"))).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.addresses("a.test")).isEqualTo(new Answer.Absent<>(true));
    assertThat(dns.addresses("b.test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.cname("a.test")).isEqualTo(new Answer.Absent<>(true));
  }

  @Test
  default void namesHaveNoCase() throws IOException {
    assertThat(over("a.test TXT x").txt("A.Test")).isEqualTo(found(List.of("x")));
  }

  @Test
  default void givesEachKindOfAddress() throws IOException {
    Dns dns = over("a.test A 192.0.2.1\na.test AAAA 2001:db8::1\nb.test A 192.0.2.2");
    InetAddress four = InetAddress.ofLiteral("192.0.2.1");
    InetAddress six = InetAddress.ofLiteral("2001:db8::1");
    assertThat(dns.addresses("a.test")).isEqualTo(found(List.of(four, six)));
    assertThat(dns.a("a.test")).isEqualTo(found(List.of(four)));
    assertThat(dns.aaaa("a.test")).isEqualTo(found(List.of(six)));
    assertThat(dns.aaaa("b.test")).isEqualTo(new Answer.Absent<>(true));
  }

  @Test
  default void followsAliases() throws IOException {
    Dns dns =
        over("www.test CNAME b.test\nb.test CNAME a.test\na.test A 192.0.2.1\nx.test CNAME y.test");
    assertThat(dns.a("www.test")).isEqualTo(found(List.of(InetAddress.ofLiteral("192.0.2.1"))));
    assertThat(dns.cname("www.test")).isEqualTo(found(List.of("b.test")));
    assertThat(dns.cname("b.test")).isEqualTo(found(List.of("a.test")));
    assertThat(dns.a("x.test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.txt("www.test")).isEqualTo(new Answer.Absent<>(true));
  }

  @Test
  default void aliasesWithoutAnEndAreAFailure() throws IOException {
    Dns dns = over("a.test CNAME b.test\nb.test CNAME a.test\nself.test CNAME self.test");
    assertThat(dns.a("a.test")).isInstanceOf(Answer.Failed.class);
    assertThat(dns.txt("self.test")).isInstanceOf(Answer.Failed.class);
    assertThat(dns.cname("a.test")).isEqualTo(found(List.of("b.test")));
  }

  @Test
  default void givesTlsaRecordsInHex() throws IOException {
    Dns dns = over("_25._tcp.a.test TLSA 3 1 1 ab01cd");
    assertThat(dns.tlsa("_25._tcp.a.test"))
        .isEqualTo(found(List.of(new Dns.Tlsa(3, 1, 1, "ab01cd"))));
  }

  @Test
  default void givesTheNamesOfAnAddress() throws IOException {
    Dns dns = over("192.0.2.1 PTR mail.test\n192.0.2.1 PTR other.test");
    assertThat(dns.ptr(InetAddress.ofLiteral("192.0.2.1")))
        .isEqualTo(found(List.of("mail.test", "other.test")));
    assertThat(dns.ptr(InetAddress.ofLiteral("192.0.2.2"))).isInstanceOf(Answer.Absent.class);
  }

  @Test
  default void aFailureIsAnAnswerToo() throws IOException {
    Dns dns = over("a.test FAIL SERVFAIL");
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Failed.class);
    assertThat(dns.addresses("a.test")).isInstanceOf(Answer.Failed.class);
  }
}
