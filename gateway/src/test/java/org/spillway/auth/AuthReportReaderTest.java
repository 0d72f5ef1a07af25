package org.spillway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.auth.AuthReport.Entry;
import org.spillway.auth.AuthReport.Parsed;

/** Fields as others write them. */
final class AuthReportReaderTest {
  private static AuthReport good(String text) {
    return switch (AuthReport.parse(text)) {
      case Parsed.Good(AuthReport report, int _) -> report;
      case Parsed.Bad bad -> throw new AssertionError(bad.toString());
    };
  }

  private static Parsed.Bad bad(String text) {
    return switch (AuthReport.parse(text)) {
      case Parsed.Good good -> throw new AssertionError(good.toString());
      case Parsed.Bad bad -> bad;
    };
  }

  /** RFC 8601 appendix B.6: comments wherever they may stand. */
  @Test
  void commentsEverywhere() {
    AuthReport report =
        good(
            """
             foo.example.net (foobar) 1 (baz);
                dkim (Because I like it) / 1 (One yay) = (wait for it) fail
                  policy (A dot can go here) . (like that) expired
                  (this surprised me) = (as I wasn't expecting it) 1362471462
            """
                .replace("\n", "\r\n"));
    assertThat(report.authservId()).isEqualTo("foo.example.net");
    assertThat(report.entries())
        .containsExactly(Entry.of("dkim", "fail").with("policy", "expired", "1362471462"));
  }

  /** RFC 8601 appendix B.5. */
  @Test
  void severalMethods() {
    AuthReport report =
        good(
            """
             example.com;
                 dkim=pass (good signature) reason="good signature"
                  header.i=@mail-router.example.net;
                 dkim=fail reason="bad signature"
                  header.i=@newyork.example.com
            """
                .replace("\n", "\r\n"));
    assertThat(report.entries())
        .containsExactly(
            Entry.of("dkim", "pass")
                .because("good signature")
                .with("header", "i", "@mail-router.example.net"),
            Entry.of("dkim", "fail")
                .because("bad signature")
                .with("header", "i", "@newyork.example.com"));
  }

  @Test
  void whatIsWrittenWithoutTheQuotesItNeeds() {
    AuthReport report =
        good(
            " mx.google.com;\r\n dkim=pass header.i=@a.org header.s=x header.b=W/k+Z=;\r\n"
                + " spf=pass (google.com: domain of a@b.org designates 2001:db8::1 as permitted"
                + " sender) smtp.mailfrom=\"a b\"@b.org smtp.remote-ip=2001:db8::1;\r\n"
                + " DMARC=Pass (p=REJECT sp=REJECT dis=NONE) header.from=a.org;");
    assertThat(report.entries()).hasSize(3);
    assertThat(report.entries().get(0).property("header", "B")).contains("W/k+Z=");
    assertThat(report.entries().get(1).property("smtp", "mailfrom")).contains("a b@b.org");
    assertThat(report.entries().get(1).property("smtp", "remote-ip")).contains("2001:db8::1");
    assertThat(report.entries().get(2).method()).isEqualTo("dmarc");
    assertThat(report.entries().get(2).result()).isEqualTo("pass");
  }

  @Test
  void versionsAndNone() {
    assertThat(good("a.example 1; none").entries()).isEmpty();
    assertThat(good("a.example 2; spf=pass").version()).isEqualTo(2);
    assertThat(good("\"a\\.ex\"; none").authservId()).isEqualTo("a.ex");
    assertThat(good("a;none=pass").entries()).containsExactly(Entry.of("none", "pass"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(never closed a.example; spf=pass",
        "\"a.example; spf=pass",
        "=?utf-8?q?a.example?=; spf=pass",
        ";a.example",
      })
  void withoutAnAuthservId(String text) {
    assertThat(bad(text).authservId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "a.example/1; spf=pass",
        "a.example b; spf=pass",
        "a.example; spf",
        "a.example; spf=pass smtp",
        "a.example; spf=pass smtp.mailfrom",
        "a.example; spf=pass smtp.mailfrom=",
        "a.example; spf=pass reason=\"x",
        "a.example; spf=pass (x",
        "a.example 12345678; none",
      })
  void brokenAfterTheAuthservId(String text) {
    assertThat(bad(text).authservId()).contains("a.example");
  }

  @Test
  void arcWantsItsInstance() {
    assertThat(AuthReport.parseArc(" i = 12 (x) ; a.example; none"))
        .isEqualTo(new Parsed.Good(AuthReport.of("a.example", java.util.List.of()), 12));
    for (String wrong : new String[] {"a.example; none", "i=0; a; none", "i=51; a; none", "i=1"}) {
      assertThat(AuthReport.parseArc(wrong)).isInstanceOf(Parsed.Bad.class);
    }
  }

  @Test
  void boundedAndNotRecursive() {
    assertThat(bad("a.example; spf=pass " + "(".repeat(60_000)).authservId())
        .isEqualTo(Optional.of("a.example"));
    assertThat(bad("a; ".repeat(30_000)).why()).isEqualTo("too long");
    assertThat(bad("a" + "; spf=pass".repeat(300)).why()).isEqualTo("more than 200 results");
  }
}
