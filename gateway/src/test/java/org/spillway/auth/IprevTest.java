package org.spillway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.spillway.testing.FakeDns;

/** RFC 8601 §3. */
final class IprevTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private final FakeDns dns = new FakeDns();

  private IprevResult check() {
    return new Iprev(dns).check(CLIENT);
  }

  @Test
  void passesWithTheNameThatPointsBack() {
    dns.ptr("192.0.2.1", "liar.example.").ptr("192.0.2.1", "Mail.Example.ORG.");
    dns.address("liar.example", "192.0.2.9").address("mail.example.org", "192.0.2.1");
    IprevResult result = check();
    assertThat(result.word()).isEqualTo(IprevResult.Word.PASS);
    assertThat(result.name()).contains("mail.example.org");
    assertThat(result.entry())
        .isEqualTo(AuthReport.Entry.of("iprev", "pass").with("policy", "iprev", "192.0.2.1"));
  }

  @Test
  void asksForTheFamilyOfTheClient() {
    dns.ptr("2001:db8:0:0:0:0:0:1", "six.example").address("six.example", "2001:db8::1");
    IprevResult result = new Iprev(dns).check(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(result.word()).isEqualTo(IprevResult.Word.PASS);
    assertThat(result.client().readable()).isEqualTo("2001:db8::1");
  }

  @Test
  void takesAnIpv4MappedAddressForIpv4() throws UnknownHostException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
    dns.ptr("192.0.2.1", "mail.example.org").address("mail.example.org", "192.0.2.1");
    IprevResult result = new Iprev(dns).check(Inet6Address.getByAddress("", mapped, -1));
    assertThat(result.word()).isEqualTo(IprevResult.Word.PASS);
    assertThat(result.client().readable()).isEqualTo("192.0.2.1");
  }

  @Test
  void failsWhenNoNamePointsBack() {
    dns.ptr("192.0.2.1", "liar.example").address("liar.example", "192.0.2.9");
    assertThat(check().word()).isEqualTo(IprevResult.Word.FAIL);
    assertThat(check().name()).isEmpty();
  }

  @Test
  void permerrorWithoutAName() {
    assertThat(check().word()).isEqualTo(IprevResult.Word.PERMERROR);
  }

  @Test
  void temperrorWhenTheDnsFails() {
    dns.fail("192.0.2.1", "SERVFAIL");
    assertThat(check().word()).isEqualTo(IprevResult.Word.TEMPERROR);
    dns.ptr("192.0.2.1", "a.example").fail("a.example", "time-out");
    assertThat(check().word()).isEqualTo(IprevResult.Word.TEMPERROR);
    assertThat(check().why()).contains("time-out");
    dns.ptr("192.0.2.1", "b.example").address("b.example", "192.0.2.1");
    assertThat(check().word()).isEqualTo(IprevResult.Word.PASS);
  }

  @Test
  void asksForTenNamesAtMost() {
    for (int i = 0; i < 50; i++) {
      dns.ptr("192.0.2.1", "h" + i + ".example");
    }
    dns.ptr("192.0.2.1", "mail.example.org").address("mail.example.org", "192.0.2.1");
    assertThat(check().word()).isEqualTo(IprevResult.Word.FAIL);
    assertThat(dns.questions()).hasSize(11);
  }

  @Test
  void aNameThatIsNoneIsPassedOver() {
    dns.ptr("192.0.2.1", "[192.0.2.1]").ptr("192.0.2.1", "a b\r\n.example").ptr("192.0.2.1", "");
    assertThat(check().word()).isEqualTo(IprevResult.Word.FAIL);
    assertThat(dns.questions()).hasSize(1);
  }
}
