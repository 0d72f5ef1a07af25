package org.spillway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.auth.AuthReport.Entry;
import org.spillway.auth.AuthReport.Parsed;

/** The fields as they stand in messages, letter by letter, and read back. */
final class AuthReportGoldenTest {
  private static final String US = "mx.example.com";

  private static void assertField(boolean utf8, List<Entry> entries, String expected) {
    AuthReport report = AuthReport.of(US, entries);
    String field = report.field(utf8);
    assertThat(field).isEqualTo(expected.strip().replace("\n", "\r\n") + "\r\n");
    assertThat(AuthReport.parse(field.substring(field.indexOf(':') + 1)))
        .isEqualTo(new Parsed.Good(report, 0));
  }

  @Test
  void nothingWasChecked() {
    assertField(false, List.of(), "Authentication-Results: mx.example.com; none");
  }

  @Test
  void spfOfBothIdentities() {
    assertField(
        false,
        List.of(
            Entry.of("spf", "pass").with("smtp", "mailfrom", "ann@example.org"),
            Entry.of("spf", "permerror")
                .because("the record of mail.example.org is wrong at character 12")
                .with("smtp", "helo", "mail.example.org")),
        """
        Authentication-Results: mx.example.com;
        \tspf=pass smtp.mailfrom=ann@example.org;
        \tspf=permerror
        \treason="the record of mail.example.org is wrong at character 12"
        \tsmtp.helo=mail.example.org
        """);
  }

  @Test
  void spfOfQuotedAndStrangeLocalParts() {
    assertField(
        false,
        List.of(
            Entry.of("spf", "none").with("smtp", "mailfrom", "a \"b\"@example.org"),
            Entry.of("spf", "none").with("smtp", "mailfrom", "SRS0=x/y=tt=a.org=b@example.org"),
            Entry.of("spf", "none").with("smtp", "mailfrom", "a;b(c)@example.org"),
            Entry.of("spf", "none").with("smtp", "mailfrom", "@example.org"),
            Entry.of("spf", "none").with("smtp", "helo", "[192.0.2.1]")),
        """
        Authentication-Results: mx.example.com;
        \tspf=none smtp.mailfrom="a \\"b\\""@example.org;
        \tspf=none smtp.mailfrom=SRS0=x/y=tt=a.org=b@example.org;
        \tspf=none smtp.mailfrom="a;b(c)"@example.org;
        \tspf=none smtp.mailfrom=@example.org;
        \tspf=none smtp.helo="[192.0.2.1]"
        """);
  }

  @Test
  void dkim() {
    assertField(
        false,
        List.of(
            Entry.of("dkim", "pass")
                .with("header", "d", "example.org")
                .with("header", "s", "s2026")
                .with("header", "b", "dGhpc2lz")
                .with("header", "a", "rsa-sha256")
                .with("header", "i", "@sub.example.org"),
            Entry.of("dkim", "policy")
                .because("a key of 512 bits")
                .with("header", "d", "example.net")
                .with("header", "b", "a/b+c=dd")),
        """
        Authentication-Results: mx.example.com;
        \tdkim=pass header.d=example.org header.s=s2026 header.b=dGhpc2lz
        \theader.a=rsa-sha256 header.i=@sub.example.org;
        \tdkim=policy reason="a key of 512 bits" header.d=example.net
        \theader.b="a/b+c=dd"
        """);
  }

  @Test
  void dmarcArcIprevAndAuth() {
    assertField(
        false,
        List.of(
            Entry.of("dmarc", "fail")
                .with("header", "from", "example.org")
                .with("policy", "dmarc", "quarantine"),
            Entry.of("arc", "pass")
                .with("smtp", "remote-ip", "2001:db8::1")
                .with("header", "oldest-pass", "2"),
            new IprevResult(
                    IprevResult.Word.PASS,
                    IpBits.of(InetAddress.ofLiteral("192.0.2.1")),
                    Optional.of("mail.example.org"),
                    "")
                .entry(),
            Entry.of("auth", "pass").with("smtp", "auth", "ann@example.com")),
        """
        Authentication-Results: mx.example.com;
        \tdmarc=fail header.from=example.org policy.dmarc=quarantine;
        \tarc=pass smtp.remote-ip="2001:db8::1" header.oldest-pass=2;
        \tiprev=pass policy.iprev=192.0.2.1;
        \tauth=pass smtp.auth=ann@example.com
        """);
  }

  @Test
  void withSmtputf8NamesAreForPeople() {
    assertField(
        true,
        List.of(
            Entry.of("spf", "pass").with("smtp", "mailfrom", "jörg@bücher.example"),
            Entry.of("dkim", "pass").with("header", "d", "bücher.example")),
        """
        Authentication-Results: mx.example.com;
        \tspf=pass smtp.mailfrom=jörg@bücher.example;
        \tdkim=pass header.d=bücher.example
        """);
    assertThat(AuthReport.of("mx.xn--bcher-kva.example", List.of()).field(true))
        .isEqualTo("Authentication-Results: mx.bücher.example; none\r\n");
  }

  @Test
  void withoutSmtputf8AllIsAscii() {
    Entry entry =
        Entry.of("spf", "pass")
            .because("übel")
            .with("smtp", "mailfrom", "jörg@bücher.example")
            .with("smtp", "helo", "bücher.example");
    assertThat(AuthReport.of("mx.bücher.example", List.of(entry)).field(false))
        .isEqualTo(
            "Authentication-Results: mx.xn--bcher-kva.example;\r\n"
                + "\tspf=pass reason=\"?bel\" smtp.mailfrom=xn--bcher-kva.example\r\n"
                + "\tsmtp.helo=xn--bcher-kva.example\r\n");
  }

  @Test
  void ofAnArcSet() {
    AuthReport report =
        AuthReport.of(US, List.of(Entry.of("arc", "none"), Entry.of("spf", "fail")));
    String field = report.arcField(3, false);
    assertThat(field)
        .isEqualTo(
            "ARC-Authentication-Results: i=3; mx.example.com;\r\n\tarc=none;\r\n\tspf=fail\r\n");
    assertThat(AuthReport.parseArc(field.substring(field.indexOf(':') + 1)))
        .isEqualTo(new Parsed.Good(report, 3));
  }

  @Test
  void noValueBreaksOut() {
    String evil = "x\r\nBcc: y\u202e\0@" + "z".repeat(2000);
    Entry entry = Entry.of("spf\r\n", "pa ss").because(evil).with("smtp", "mailfrom", evil);
    for (boolean utf8 : List.of(true, false)) {
      String field = AuthReport.of(evil, List.of(entry)).field(utf8);
      assertThat(field).doesNotContain("\nBcc", "\0", "\u202e").endsWith("\r\n");
      assertThat(field.lines()).allMatch(line -> line.getBytes(UTF_8).length < 998);
      assertThat(field.lines().skip(1)).allMatch(line -> line.startsWith("\t"));
    }
  }
}
