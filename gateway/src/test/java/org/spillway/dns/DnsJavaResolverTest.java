package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Domain;
import org.xbill.DNS.Rcode;

final class DnsJavaResolverTest {
  private final NameServer server;
  private final Dns dns;

  DnsJavaResolverTest() throws IOException {
    server = new NameServer();
    dns = resolver(Duration.ofSeconds(5));
  }

  private Dns resolver(Duration timeout) {
    return new DnsJavaResolver(List.of(server.address()), timeout, 1000);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Answer<Dns.Mx> mx(String domain) {
    return dns.mx(Domain.parse(domain).orElseThrow());
  }

  @Test
  void givesMxRecordsLowestFirst() throws IOException {
    server.add("a.test", "MX", "20 two.test.", 300);
    server.add("a.test", "MX", "10 one.test.", 300);
    assertThat(mx("a.test"))
        .isEqualTo(
            new Answer.Found<>(
                List.of(new Dns.Mx(10, "one.test"), new Dns.Mx(20, "two.test")), false));
  }

  @Test
  void givesTheNullMxAnEmptyHost() throws IOException {
    server.add("a.test", "MX", "0 .", 300);
    assertThat(mx("a.test")).isEqualTo(new Answer.Found<>(List.of(new Dns.Mx(0, "")), false));
  }

  @Test
  void tellsAMissingNameFromAMissingType() throws IOException {
    server.add("a.test", "TXT", "x", 300);
    assertThat(mx("a.test")).isEqualTo(new Answer.Absent<>(true));
    assertThat(mx("b.test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.addresses("a.test")).isEqualTo(new Answer.Absent<>(true));
    assertThat(dns.addresses("b.test")).isEqualTo(new Answer.Absent<>(false));
  }

  @Test
  void givesBothKindsOfAddressesThroughAnAlias() throws IOException {
    server.add("www.test", "CNAME", "a.test.", 300);
    server.add("a.test", "A", "192.0.2.1", 300);
    server.add("a.test", "AAAA", "2001:db8::1", 300);
    assertThat(dns.addresses("www.test"))
        .isEqualTo(
            new Answer.Found<>(
                List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
                false));
  }

  @Test
  void joinsTheStringsOfATxtRecord() throws IOException {
    server.add("a.test", "TXT", "\"v=spf1 \" \"-all\"", 300);
    assertThat(dns.txt("a.test")).isEqualTo(new Answer.Found<>(List.of("v=spf1 -all"), false));
  }

  @Test
  void givesTheNamesOfAnAddress() throws IOException {
    server.add("1.2.0.192.in-addr.arpa", "PTR", "mail.test.", 300);
    assertThat(dns.ptr(InetAddress.ofLiteral("192.0.2.1")))
        .isEqualTo(new Answer.Found<>(List.of("mail.test"), false));
  }

  @Test
  void keepsAnswersForTheirTime() throws IOException {
    server.add("a.test", "TXT", "x", 300);
    dns.txt("a.test");
    dns.txt("a.test");
    assertThat(server.questions).hasSize(1);
    server.add("b.test", "TXT", "x", 0);
    dns.txt("b.test");
    dns.txt("b.test");
    assertThat(server.questions).hasSize(3);
  }

  @Test
  void asksAgainByTcpWhenTheAnswerIsCut() throws IOException {
    server.truncates = true;
    server.add("a.test", "TXT", "x".repeat(200), 300);
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
    assertThat(server.questions).containsExactly("udp TXT a.test.", "tcp TXT a.test.");
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.FORMERR})
  void anErrorIsAFailureAndIsNotKept(int rcode) throws IOException {
    server.rcode = rcode;
    assertThat(mx("a.test")).isInstanceOf(Answer.Failed.class);
    assertThat(dns.addresses("a.test")).isInstanceOf(Answer.Failed.class);
    server.rcode = Rcode.NOERROR;
    server.add("a.test", "MX", "10 one.test.", 300);
    assertThat(mx("a.test")).isInstanceOf(Answer.Found.class);
  }

  @Test
  void silenceIsAFailure() {
    server.silent = true;
    assertThat(resolver(Duration.ofMillis(100)).txt("a.test")).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void whatIsNoNameDoesNotExist() {
    assertThat(dns.txt("a..b")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.addresses("x".repeat(70) + ".test")).isEqualTo(new Answer.Absent<>(false));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1:53",
    "192.0.2.1:5353, 192.0.2.1:5353",
    "[2001:db8::1]:5353, 2001:db8:0:0:0:0:0:1:5353",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1:53",
  })
  void readsServerAddresses(String text, String expected) {
    var address = DnsJavaResolver.address(text).orElseThrow();
    assertThat(address.getAddress().getHostAddress() + ":" + address.getPort()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name.test", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:70000", "[::1]"})
  void refusesOtherServerAddresses(String text) {
    assertThat(DnsJavaResolver.address(text)).isEmpty();
  }
}
