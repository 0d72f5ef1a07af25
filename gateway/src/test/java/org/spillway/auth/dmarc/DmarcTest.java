package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.auth.dmarc.DmarcResult.Leniency;
import org.spillway.auth.dmarc.DmarcResult.Mechanism;
import org.spillway.auth.dmarc.DmarcResult.Word;
import org.spillway.dns.Answer;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;

/** Discovery, alignment and policy, with the examples of RFC 9989. */
class DmarcTest {
  private final FakeDns dns = new FakeDns();
  private Rules rules = Rules.RFC9989;

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static Optional<SpfIdentity> spf(String name, String result) {
    return Optional.of(new SpfIdentity(domain(name), result));
  }

  private static List<DkimIdentity> dkim(String name, String result) {
    return List.of(new DkimIdentity(domain(name), "s", result));
  }

  private Dmarc dmarc() {
    return new Dmarc(dns, new DmarcSettings(rules, 10), new Random(1));
  }

  private DmarcResult evaluate(String author, Optional<SpfIdentity> spf, List<DkimIdentity> dkim) {
    return dmarc().evaluate(domain(author), spf, dkim);
  }

  private DmarcResult unauthenticated(String author) {
    return evaluate(author, Optional.empty(), List.of());
  }

  @Test
  void anOrdinaryMessageCostsOneQuestion() {
    dns.txt("_dmarc.example.com", "v=DMARC1; p=reject");

    DmarcResult result = evaluate("example.com", Optional.empty(), dkim("example.com", "pass"));

    assertThat(result.word()).isEqualTo(Word.PASS);
    assertThat(result.applied()).isEqualTo(Policy.NONE);
    assertThat(result.requested()).isEqualTo(Policy.REJECT);
    assertThat(result.aligned(Mechanism.DKIM)).isTrue();
    assertThat(result.aligned(Mechanism.SPF)).isFalse();
    assertThat(dns.questions()).containsExactly("txt _dmarc.example.com");
  }

  @Test
  void theWalkAsksEightNames() { // RFC 9989 §4.10, the example
    DmarcResult result = unauthenticated("a.b.c.d.e.f.g.h.i.j.mail.example.com");

    assertThat(result.word()).isEqualTo(Word.NONE);
    assertThat(result.queries())
        .containsExactly(
            "_dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com",
            "_dmarc.g.h.i.j.mail.example.com",
            "_dmarc.h.i.j.mail.example.com",
            "_dmarc.i.j.mail.example.com",
            "_dmarc.j.mail.example.com",
            "_dmarc.mail.example.com",
            "_dmarc.example.com",
            "_dmarc.com");
  }

  @Test
  void theRecordWithTheFewestLabelsIsTheOrganization() { // RFC 9989 §4.10.2, first example
    dns.zone(
        """
        _dmarc.mail.example.com TXT v=DMARC1; p=none
        _dmarc.example.com TXT v=DMARC1; p=none; sp=reject
        """);

    DmarcResult result = unauthenticated("a.mail.example.com");

    assertThat(result.published().orElseThrow().at()).isEqualTo(domain("example.com"));
    assertThat(result.applied()).isEqualTo(Policy.REJECT);
    assertThat(organizational("a.mail.example.com")).isEqualTo("example.com");
  }

  @Test
  void psdNoEndsTheWalk() { // RFC 9989 §4.10.2, second example
    dns.zone(
        """
        _dmarc.mail.example.com TXT v=DMARC1; p=quarantine; psd=n
        _dmarc.example.com TXT v=DMARC1; p=reject
        """);

    assertThat(organizational("a.mail.example.com")).isEqualTo("mail.example.com");
    assertThat(unauthenticated("a.mail.example.com").applied()).isEqualTo(Policy.QUARANTINE);
    assertThat(dns.questions()).doesNotContain("txt _dmarc.example.com");
  }

  @Test
  void belowAPublicSuffixIsTheOrganization() { // RFC 9989 §4.10.2, last example
    dns.txt("_dmarc.com", "v=DMARC1; p=reject; psd=y; np=quarantine");

    assertThat(organizational("a.mail.example.com")).isEqualTo("example.com");
    DmarcResult result = unauthenticated("a.mail.example.com");
    assertThat(result.published().orElseThrow().at()).isEqualTo(domain("com"));
    assertThat(result.applied()).isEqualTo(Policy.QUARANTINE); // does not exist
  }

  @Test
  void theSuffixIsNotAskedWhereTheOrganizationHasARecord() { // RFC 9989 §4.10.1, last note
    dns.zone(
        """
        _dmarc.bank TXT v=DMARC1; p=reject; psd=y
        _dmarc.one.bank TXT v=DMARC1; p=none
        """);

    assertThat(unauthenticated("mail.one.bank").applied()).isEqualTo(Policy.NONE);
    assertThat(unauthenticated("two.bank").applied()).isEqualTo(Policy.REJECT);
  }

  private String organizational(String name) {
    return switch (dmarc().organizational(domain(name))) {
      case Answer.Found<Domain>(List<Domain> found, boolean _) -> found.getFirst().name();
      case Answer.Absent<Domain> absent -> throw new AssertionError(absent);
      case Answer.Failed<Domain> failed -> throw new AssertionError(failed);
    };
  }

  @ParameterizedTest
  @CsvSource({
    // author, mode, identifier, aligned; RFC 9989 appendix B.1
    "example.com, r, example.com, true",
    "example.com, s, example.com, true",
    "example.com, r, child.example.com, true",
    "child.example.com, r, example.com, true",
    "child.example.com, r, other.example.com, true",
    "example.com, s, child.example.com, false",
    "child.example.com, s, example.com, false",
    "example.com, r, sample.net, false",
    "example.com, r, com, false",
    "example.com, r, notexample.com, false",
    "example.com, r, own.example.com, false"
  })
  void alignment(String author, String mode, String identifier, boolean aligned) {
    dns.txt("_dmarc.example.com", "v=DMARC1; p=reject; aspf=" + mode + "; adkim=" + mode);
    dns.txt("_dmarc.own.example.com", "v=DMARC1; p=none; psd=n");

    assertThat(evaluate(author, spf(identifier, "pass"), List.of()).word())
        .isEqualTo(aligned ? Word.PASS : Word.FAIL);
    assertThat(evaluate(author, Optional.empty(), dkim(identifier, "pass")).word())
        .isEqualTo(aligned ? Word.PASS : Word.FAIL);
    assertThat(evaluate(author, spf(identifier, "fail"), dkim(identifier, "fail")).word())
        .isEqualTo(Word.FAIL);
  }

  @Test
  void aParentWithoutARecordIsAnotherOrganization() {
    dns.txt("_dmarc.my.example.com", "v=DMARC1; p=reject");

    assertThat(evaluate("my.example.com", spf("example.com", "pass"), List.of()).word())
        .isEqualTo(Word.FAIL);
    assertThat(evaluate("my.example.com", spf("a.my.example.com", "pass"), List.of()).word())
        .isEqualTo(Word.PASS);
  }

  @Test
  void missingSubdomainsHaveTheirOwnPolicy() { // RFC 9989 §4.7 np, §3.2.13
    dns.zone(
        """
        _dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine; np=reject
        here.example.com MX 10 mx.example.com
        slow.example.com FAIL SERVFAIL
        """);

    assertThat(unauthenticated("gone.example.com").applied()).isEqualTo(Policy.REJECT);
    assertThat(unauthenticated("here.example.com").applied()).isEqualTo(Policy.QUARANTINE);
    assertThat(unauthenticated("example.com").applied()).isEqualTo(Policy.NONE);
    assertThat(unauthenticated("slow.example.com").word()).isEqualTo(Word.TEMPERROR);
  }

  @Test
  void testModeIsOneLevelMilder() { // RFC 9989 §4.7 t
    dns.txt("_dmarc.a.test", "v=DMARC1; p=reject; t=y");
    dns.txt("_dmarc.b.test", "v=DMARC1; p=quarantine; t=y");
    dns.txt("_dmarc.c.test", "v=DMARC1; p=none; t=y");

    assertThat(unauthenticated("a.test").applied()).isEqualTo(Policy.QUARANTINE);
    assertThat(unauthenticated("a.test").leniency()).isEqualTo(Leniency.TEST_MODE);
    assertThat(unauthenticated("b.test").applied()).isEqualTo(Policy.NONE);
    assertThat(unauthenticated("c.test").leniency()).isEqualTo(Leniency.NO);
  }

  @Test
  void percentSparesByTheOldRules() { // RFC 7489 §6.6.4
    rules = Rules.RFC7489;
    dns.txt("_dmarc.a.test", "v=DMARC1; p=reject; pct=30");
    Dmarc dmarc = dmarc();
    long spared = 0;
    for (int i = 0; i < 1_000; i++) {
      DmarcResult result = dmarc.evaluate(domain("a.test"), Optional.empty(), List.of());
      assertThat(result.applied())
          .isEqualTo(result.leniency() == Leniency.SAMPLED_OUT ? Policy.QUARANTINE : Policy.REJECT);
      spared += result.leniency() == Leniency.SAMPLED_OUT ? 1 : 0;
    }
    assertThat(spared).isBetween(650L, 750L);
  }

  @Test
  void severalRecordsCountAsNone() { // RFC 9989 §4.10 step 2
    dns.txt("_dmarc.my.a.test", "v=DMARC1; p=none").txt("_dmarc.my.a.test", "v=DMARC1; p=none");
    dns.txt("_dmarc.a.test", "v=DMARC1; p=reject").txt("_dmarc.a.test", "v=spf1 -all");

    assertThat(unauthenticated("my.a.test").applied()).isEqualTo(Policy.REJECT);
    rules = Rules.RFC7489; // §6.6.3: the search ends
    assertThat(unauthenticated("my.a.test").word()).isEqualTo(Word.NONE);
  }

  @Test
  void errors() {
    dns.txt("_dmarc.bad.test", "v=DMARC1; p=stop");
    dns.fail("_dmarc.slow.test", "SERVFAIL");
    dns.txt("_dmarc.a.test", "v=DMARC1; p=reject");
    dns.fail("_dmarc.sub.a.test", "SERVFAIL");

    assertThat(unauthenticated("bad.test").word()).isEqualTo(Word.PERMERROR);
    assertThat(unauthenticated("slow.test").word()).isEqualTo(Word.TEMPERROR);
    assertThat(unauthenticated("x.slow.test").word()).isEqualTo(Word.TEMPERROR);
    // an identifier that may yet pass (RFC 9989 §5.3.6)
    assertThat(evaluate("a.test", spf("a.test", "temperror"), List.of()).word())
        .isEqualTo(Word.TEMPERROR);
    assertThat(evaluate("a.test", spf("else.example", "temperror"), List.of()).word())
        .isEqualTo(Word.FAIL);
    assertThat(evaluate("a.test", spf("sub.a.test", "pass"), List.of()).word())
        .isEqualTo(Word.TEMPERROR);
    assertThat(evaluate("a.test", spf("sub.a.test", "pass"), dkim("a.test", "pass")).word())
        .isEqualTo(Word.PASS);
  }

  @Test
  void junkSignaturesHideNoGoodOne() {
    dns.txt("_dmarc.a.test", "v=DMARC1; p=reject");
    List<DkimIdentity> many = new java.util.ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(new DkimIdentity(domain("a.test"), "s" + i, "fail"));
    }
    many.add(new DkimIdentity(domain("a.test"), "good", "pass"));
    assertThat(evaluate("a.test", Optional.empty(), many).word()).isEqualTo(Word.PASS);
  }

  @Test
  void ofSeveralAuthorsTheStrictestCounts() { // RFC 9989 §11.5
    dns.txt("_dmarc.a.test", "v=DMARC1; p=reject").txt("_dmarc.b.test", "v=DMARC1; p=none");
    AuthorDomain author = AuthorDomain.of(List.of("x@b.test, y@a.test, z@none.test"));

    List<DmarcResult> results = dmarc().evaluate(author, Optional.empty(), dkim("b.test", "pass"));

    assertThat(results)
        .extracting(DmarcResult::word)
        .containsExactly(Word.PASS, Word.FAIL, Word.NONE);
    assertThat(DmarcResult.strictest(results).author()).contains(domain("a.test"));
  }

  @Test
  void withoutAnAuthorThereIsNothingToAsk() {
    List<DmarcResult> results =
        dmarc().evaluate(AuthorDomain.of(List.of()), spf("a.test", "pass"), List.of());
    assertThat(results.getFirst().word().text()).isEqualTo("none");
    assertThat(dns.questions()).isEmpty();
  }
}
