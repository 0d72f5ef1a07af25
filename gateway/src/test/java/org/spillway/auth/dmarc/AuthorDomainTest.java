package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.mail.Domain;

/** From fields as they come, and as those write them who want to be taken for another. */
class AuthorDomainTest {

  private static String names(AuthorDomain author) {
    return switch (author) {
      case AuthorDomain.One one -> one.domain().name();
      case AuthorDomain.Several several ->
          String.join(" ", several.domains().stream().map(Domain::name).toList());
      case AuthorDomain.None _ -> "";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a@example.com | example.com",
        "A <a@Example.COM> | example.com",
        "<a@example.com>, | example.com",
        "\"a@bank.test\" <a@example.com> | example.com",
        "\"a\\\"@bank.test\" <a@example.com> | example.com",
        "a@bank.test <a@example.com> | example.com",
        "(x@bank.test) a@example.com (y@bank.test) | example.com",
        "((nested) <b@bank.test>) <a@example.com> | example.com",
        "\"a b\"@example.com | example.com",
        "<@relay.test,@b.test:a@example.com> | example.com",
        "a @ example . com | example.com",
        "<a@example.com.> | example.com",
        "Friends: a@example.com; | example.com",
        "=?utf-8?q?a=40bank.test?= <a@example.com> | example.com",
        "<a@b@example.com> | example.com",
        "Bücher <a@bücher.example> | xn--bcher-kva.example",
        "a@example.com, b@EXAMPLE.com | example.com",
        "<<a@bank.test <a@example.com> | example.com",
        "<a@(bank.test)example.com> | example.com"
      })
  void oneDomain(String from, String domain) {
    AuthorDomain author = AuthorDomain.of(List.of(from));
    assertThat(author).as("%s", author).isInstanceOf(AuthorDomain.One.class);
    assertThat(names(author)).isEqualTo(domain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a@example.com, b@bank.test | example.com bank.test",
        "a@bank.test, <a@example.com> | bank.test example.com",
        "<a@example.com> <b@bank.test> | example.com bank.test",
        "<a@example.com> b@bank.test | example.com bank.test",
        "G: a@example.com, b@bank.test;, c@c.test | example.com bank.test c.test",
        "(open <a@example.com>, b@bank.test | example.com bank.test",
        "\"open <a@example.com>, b@bank.test | example.com bank.test"
      })
  void several(String from, String domains) {
    AuthorDomain author = AuthorDomain.of(List.of(from));
    assertThat(author).as("%s", author).isInstanceOf(AuthorDomain.Several.class);
    assertThat(names(author)).isEqualTo(domains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Nobody",
        "undisclosed: ;",
        "<>",
        "a@",
        "@",
        "a@[192.0.2.1]",
        "<a@-x.test>",
        "a@b..c",
        "\"a@example.com\"",
        "(a@example.com)",
        "<a@\u0000.test>"
      })
  void none(String from) {
    assertThat(AuthorDomain.of(List.of(from))).isInstanceOf(AuthorDomain.None.class);
  }

  @Test
  void noField() {
    assertThat(AuthorDomain.of(List.of())).isEqualTo(new AuthorDomain.None("no From field"));
  }

  @Test
  void twoFieldsAreRemarked() {
    assertThat(AuthorDomain.of(List.of("a@example.com", "b@example.com")))
        .isInstanceOfSatisfying(
            AuthorDomain.One.class,
            one -> assertThat(one.remarks()).containsExactly("more than one From field"));
    assertThat(names(AuthorDomain.of(List.of("a@example.com", "b@bank.test"))))
        .isEqualTo("example.com bank.test");
  }

  @Test
  void manyDomainsAreCutOff() { // RFC 9989 §11.5
    StringBuilder from = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      from.append("a@d").append(i).append(".test,");
    }
    assertThat(AuthorDomain.of(List.of(from.toString())))
        .isInstanceOfSatisfying(
            AuthorDomain.Several.class,
            several -> {
              assertThat(several.domains()).hasSize(AuthorDomain.MOST_DOMAINS);
              assertThat(several.whole()).isFalse();
            });
  }

  @Test
  void hugeFieldsEnd() {
    String open = "(".repeat(200_000);
    assertThat(names(AuthorDomain.of(List.of(open)))).isEmpty();
    assertThat(names(AuthorDomain.of(List.of("\"".repeat(100_001) + "<a@example.com>")))).isEmpty();
    assertThat(names(AuthorDomain.of(Collections.nCopies(50, "<a@example.com>"))))
        .isEqualTo("example.com");
  }
}
