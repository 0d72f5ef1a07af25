package org.spillway.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Address;
import org.spillway.mail.ReversePath;
import org.spillway.testing.FakeDns;

/** RFC 7208 §7.4, and what the grammar of §7.1 refuses. */
final class MacroTextTest {
  private static MacroValues values(String client) {
    SpfRequest request =
        new SpfRequest(
            InetAddress.ofLiteral(client),
            "mail.example.org",
            ReversePath.of(Address.parse("strong-bad@email.example.com").orElseThrow()));
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    Subject subject = Subject.mailFrom(request);
    Questions dns = new Questions(new FakeDns(), clock, Instant.EPOCH.plus(Duration.ofDays(1)));
    Pointers pointers = new Pointers(dns, subject);
    return new MacroValues(subject, "email.example.com", pointers, "", clock);
  }

  private static String expand(String text, String client) {
    return switch (MacroText.explanation(text)) {
      case MacroText.Parsed.Good(MacroText macros) -> macros.text(values(client), 1000);
      case MacroText.Parsed.Bad bad -> throw new AssertionError(bad.toString());
    };
  }

  @ParameterizedTest
  @CsvSource({
    "%{s}, strong-bad@email.example.com",
    "%{o}, email.example.com",
    "%{d}, email.example.com",
    "%{d4}, email.example.com",
    "%{d3}, email.example.com",
    "%{d2}, example.com",
    "%{d1}, com",
    "%{dr}, com.example.email",
    "%{d2r}, example.email",
    "%{l}, strong-bad",
    "%{l-}, strong.bad",
    "%{lr}, strong-bad",
    "%{lr-}, bad.strong",
    "%{l1r-}, strong",
    "%{ir}.%{v}._spf.%{d2}, 3.2.0.192.in-addr._spf.example.com",
    "%{lr-}.lp._spf.%{d2}, bad.strong.lp._spf.example.com",
    "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}, bad.strong.lp.3.2.0.192.in-addr._spf.example.com",
    "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}, 3.2.0.192.in-addr.strong.lp._spf.example.com",
    "%{d2}.trusted-domains.example.net, example.com.trusted-domains.example.net",
    "%{p} %{r} %{t} %{h} %{c}, unknown unknown 0 mail.example.org 192.0.2.3",
    "%{S99999999999999999999R}, com.example.strong-bad%40email",
    "100%%%_off%-now, 100% off%20now",
  })
  void expands(String text, String expected) {
    assertThat(expand(text, "192.0.2.3")).isEqualTo(expected);
  }

  @Test
  void expandsIpv6() {
    assertThat(expand("%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01"))
        .isEqualTo(
            "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2"
                + ".ip6._spf.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
  })
  void showsIpv6AsPeopleWriteIt(String address, String expected) { // RFC 5952 §4
    assertThat(expand("%{c}", address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "%x", "a%", "%{", "%{}", "%{d", "%{x}", "%{d0}", "%{dx}", "%{d2r.!}", "ü"})
  void refuses(String text) {
    assertThat(MacroText.explanation(text)).isInstanceOf(MacroText.Parsed.Bad.class);
  }

  @Test
  void anOverlongNameLosesLabelsOnItsLeft() { // RFC 7208 §7.3
    String right = "." + "%{o}.".repeat(14) + "example.com"; // 264 characters when expanded
    MacroText text = domain("left.middle" + right + ".");
    String host = text.host(values("192.0.2.3")).orElseThrow();
    assertThat(host).hasSizeLessThanOrEqualTo(253).endsWith(".com.example.com");
    assertThat("." + host)
        .isSubstringOf("left.middle" + right.replace("%{o}", "email.example.com"));
  }

  @Test
  void whatCannotBeAskedIsNoHost() {
    String label = "x".repeat(63);
    for (String text : new String[] {"a..b.c", "%{h}..%{d}", label + "%{h}.a.b", ".a.b"}) {
      assertThat(domain(text).host(values("192.0.2.3"))).as(text).isEmpty();
    }
    assertThat(domain(label + ".%{d}").host(values("192.0.2.3"))).isPresent();
  }

  private static MacroText domain(String text) {
    try {
      return MacroReader.domain(text, 0, text.length());
    } catch (MacroReader.Mistake mistake) {
      throw new AssertionError(mistake);
    }
  }
}
