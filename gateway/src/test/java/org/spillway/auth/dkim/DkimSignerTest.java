package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we sign verifies, and what was changed does not. */
class DkimSignerTest {
  @ParameterizedTest
  @CsvSource({"SIMPLE,SIMPLE", "SIMPLE,RELAXED", "RELAXED,SIMPLE", "RELAXED,RELAXED"})
  void bothAlgorithmsAtOnce(Canonical header, Canonical body) {
    String signed =
        Letters.signed(
            Letters.PLAIN, Letters.rules(header, body), Letters.RSA_KEY, Letters.ED25519_KEY);
    List<DkimResult> results = Letters.verified(signed);
    assertThat(results).extracting(DkimResult::cause).containsOnly(DkimCause.GOOD).hasSize(2);
    assertThat(results).extracting(DkimResult::keyBits).containsExactly(2048, 256);
    assertThat(results)
        .extracting(DkimResult::algorithm)
        .containsExactly("rsa-sha256", "ed25519-sha256");
    assertThat(results.getFirst().identity()).isEqualTo("@example.com");
    assertThat(results.getFirst().signed()).startsWith("from", "from", "to", "to");
    assertThat(signed.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
  }

  @ParameterizedTest
  @CsvSource({
    "'Hello  Bob','Hello Rob',BODY_HASH",
    "'Subject: lunch','Subject: dinner',SIGNATURE",
    "'To: bob@example.net','To: bob@example.net\nSubject: also',SIGNATURE",
    "'To: bob@example.net','To: bob@example.net\nReply-To: eve@example.net',SIGNATURE",
    "'To: bob@example.net','To: bob@example.net\nX-Other: fine',GOOD",
    "'Subject: lunch','SUBJECT:   lunch  ',GOOD",
    "'Hello  Bob','Hello Bob',GOOD",
  })
  void changesOnTheWay(String from, String to, DkimCause cause) {
    String signed = Letters.signed(Letters.PLAIN, SigningRules.USUAL, Letters.RSA_KEY);
    assertThat(Letters.verified(signed.replace(from, to)))
        .extracting(DkimResult::cause)
        .containsExactly(cause);
  }

  @Test
  void fieldsLeftOutForASiteMayChange() {
    SigningRules rules = SigningRules.USUAL.without("Message-ID", "date");
    String signed = Letters.signed(Letters.PLAIN, rules, Letters.RSA_KEY);
    String rewritten =
        signed.replace("<1@example.com>", "<2@relay.example>").replace("24 Nov", "25 Nov");
    assertThat(Letters.verified(rewritten))
        .extracting(DkimResult::cause)
        .containsExactly(DkimCause.GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "'Grüße aus Köln, \u00e9\u00e9 \ud83d\ude00\n'",
    "''",
    "'\n\n\n'",
    "'no line end'",
    "'.\n..\n. \n'",
    "'tabs\t\tand  spaces  \n \n'",
  })
  void odd(String body) {
    String letter = Letters.PLAIN.substring(0, Letters.PLAIN.indexOf("\n\n") + 2) + body;
    for (Canonical canonical : Canonical.values()) {
      String signed =
          Letters.signed(
              letter, Letters.rules(canonical, canonical), Letters.RSA_KEY, Letters.ED25519_KEY);
      assertThat(Letters.verified(signed))
          .extracting(DkimResult::cause)
          .containsOnly(DkimCause.GOOD);
    }
  }

  @Test
  void longLinesAndManyFields() {
    String letter =
        "References: "
            + "<x@example.com>\n ".repeat(400)
            + "\n"
            + Letters.PLAIN
            + "y".repeat(20_000);
    String signed = Letters.signed(letter, SigningRules.USUAL, Letters.RSA_KEY);
    assertThat(Letters.verified(signed)).allMatch(DkimResult::isPass);
  }

  @Test
  void rulesThatMakeNoSense() {
    assertThatThrownBy(() -> SigningRules.USUAL.without("From"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new SigningRules(
                    List.of("From"),
                    List.of("To"),
                    Canonical.Pair.RELAXED,
                    java.util.Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysAreNotShown() {
    assertThat(Letters.RSA_KEY.toString()).isEqualTo("rsa-sha256 r._domainkey.example.com");
    assertThat(Letters.RSA.toString()).isEqualTo("rsa-sha256 2048 bits");
  }
}
