package org.spillway.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.auth.AuthCases;
import org.spillway.testing.FakeDns;

/** Each state of a signature and of its key, with its cause. */
class DkimVerifierTest {
  private static final String SIGNED =
      Letters.signed(
          Letters.PLAIN, Letters.rules(Canonical.RELAXED, Canonical.RELAXED), Letters.RSA_KEY);
  private static final String R = "r._domainkey.example.com";

  private static DkimResult one(String text, FakeDns dns) {
    List<DkimResult> results = Letters.verified(text, dns);
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  @Test
  void withoutSignature() {
    assertThat(Letters.verified(Letters.PLAIN)).isEmpty();
    assertThat(DkimResult.overall(List.of())).isEqualTo(DkimResult.Word.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "'v=DKIM1; p=',KEY_REVOKED,permerror",
    "'v=DKIM1; k=rsa',KEY_SYNTAX,permerror",
    "'p=!!',KEY_SYNTAX,permerror",
    "'p=AAAA',KEY_SYNTAX,permerror",
    "'k=rsa; v=DKIM1; p=KEY',KEY_SYNTAX,permerror",
    "'v=DKIM2; p=KEY',KEY_SYNTAX,permerror",
    "'v=DKIM1; k=rsa; p=KEY; p=KEY',KEY_SYNTAX,permerror",
    "'v=DKIM1; k=secp; p=KEY',KEY_TYPE,permerror",
    "'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',KEY_TYPE,permerror",
    "'v=DKIM1; h=sha1; p=KEY',KEY_HASH,permerror",
    "'v=DKIM1; s=web; p=KEY',KEY_SERVICE,permerror",
    "'v=DKIM1; h=sha1 : sha256; s=web:*; n=any notes; z=?; p=KEY',GOOD,pass",
    "'p=KEY',GOOD,pass",
    "'v=DKIM1; t=s; p=KEY;',GOOD,pass",
  })
  void keyStates(String record, DkimCause cause, String word) {
    DkimResult result =
        one(SIGNED, new FakeDns().txt(R, record.replace("KEY", Letters.RSA.published())));
    assertThat(result.cause()).as(result.detail()).isEqualTo(cause);
    assertThat(result.word().text()).isEqualTo(word);
  }

  @Test
  void noKeyAndNoAnswer() {
    assertThat(one(SIGNED, new FakeDns()).cause()).isEqualTo(DkimCause.NO_KEY);
    DkimResult failed = one(SIGNED, new FakeDns().fail(R, "SERVFAIL"));
    assertThat(failed.cause()).isEqualTo(DkimCause.DNS);
    assertThat(failed.word()).isEqualTo(DkimResult.Word.TEMPERROR);
    assertThat(failed.detail()).isEqualTo("SERVFAIL");
  }

  @Test
  void ofSeveralRecordsAnyMayFit() {
    FakeDns dns =
        new FakeDns()
            .txt(R, "rubbish")
            .txt(R, "v=DKIM1; t=y; s=web; p=" + Letters.RSA.published())
            .txt(R, Letters.RSA.record());
    assertThat(one(SIGNED, dns).cause()).isEqualTo(DkimCause.GOOD);
  }

  @Test
  void shortKeys() {
    String record = // 512 bits
        "p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALgSoqXVSEmfcIsOzw7oRuCCOwsmtX/SJnTWxYyj2leFxfS/AVJ"
            + "+dYfY+hXqMsT7l+MZvvh/R1WzN4MO/kI/7XsCAwEAAQ==";
    DkimResult weak = one(SIGNED, new FakeDns().txt(R, record));
    assertThat(weak.cause()).isEqualTo(DkimCause.KEY_WEAK);
    assertThat(weak.word()).isEqualTo(DkimResult.Word.POLICY);
    DkimSettings strict = new DkimSettings(8, 4096, Duration.ofMinutes(5));
    assertThat(
            Letters.verified(
                Letters.verifier(strict, Letters.NOW), AuthCases.Bytes.of(SIGNED), Letters.dns()))
        .extracting(DkimResult::cause)
        .containsExactly(DkimCause.KEY_WEAK);
    assertThat(new DkimSettings(8, 1, Duration.ZERO).minRsaBits()).isEqualTo(1024);
  }

  @Test
  void testingKeysSaySo() {
    DkimResult result = one(SIGNED, new FakeDns().txt(R, "t=y; p=" + Letters.RSA.published()));
    assertThat(result.testing()).isTrue();
    assertThat(result.isPass()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"P6D,GOOD", "P7DT4M,GOOD", "P7DT6M,EXPIRED", "PT-4M,GOOD", "PT-6M,FUTURE"})
  void times(Duration later, DkimCause cause) {
    DkimVerifier verifier = Letters.verifier(DkimSettings.USUAL, Letters.NOW.plus(later));
    assertThat(Letters.verified(verifier, AuthCases.Bytes.of(SIGNED), Letters.dns()))
        .extracting(DkimResult::cause)
        .containsExactly(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "'v=1;','v=2;',VERSION",
    "'v=1;',' ',INCOMPLETE",
    "'a=rsa-sha256','a=rsa-sha1',SHA1",
    "'a=rsa-sha256','a=rsa-md5',UNKNOWN",
    "'a=rsa-sha256','a=ed25519-sha256',KEY_TYPE",
    "'c=relaxed/relaxed','c=loose',UNKNOWN",
    "'c=relaxed/relaxed','c=relaxed',BODY_HASH",
    "'d=example.com','d=[192.0.2.1]',SYNTAX",
    "'d=example.com','d=example.org',NO_KEY",
    "'d=example.com','d=',SYNTAX",
    "'s=r','s=r;s=r',SYNTAX",
    "'s=r','s=r; i=ann@example.net',IDENTITY",
    "'s=r','s=r; i=ann',SYNTAX",
    "'s=r','s=r; i=ann@sub.example.com',SIGNATURE",
    "'s=r','s=r; q=http',UNKNOWN",
    "'s=r','s=r; q=http:dns/txt',SIGNATURE",
    "'s=r','s=r; l=x',SYNTAX",
    "'s=r','s=r; l=9999999999999999999999999',BODY_LENGTH",
    "'h=from:from','h=x:y',FROM_UNSIGNED",
    "'t=','t=9',SYNTAX",
    "'bh=','bh=AAAA',BODY_HASH",
    "'bh=','bh=*',SYNTAX",
    "' b=',' b=AAAA',SIGNATURE",
  })
  void signatureStates(String from, String to, DkimCause cause) {
    DkimResult result = one(SIGNED.replaceFirst(from, to), Letters.dns());
    assertThat(result.cause()).as(result.detail()).isEqualTo(cause);
    assertThat(result.isPass()).isFalse();
  }

  @Test
  void bytesThatAreNotSignedAreCounted() {
    DkimResult result = one(SIGNED.replaceFirst("s=r", "s=r; l=5"), Letters.dns());
    assertThat(result.cause()).isEqualTo(DkimCause.BODY_HASH);
    assertThat(result.uncoveredBytes()).isEqualTo("Hello Bob,\r\n lunch?\r\n".length() - 5);
  }

  @Test
  void fieldsThatStandTwiceAreNamed() {
    SigningRules lax =
        new SigningRules(
            List.of("From", "Subject"),
            List.of(),
            Canonical.Pair.RELAXED,
            java.util.Optional.empty());
    String signed = Letters.signed(Letters.PLAIN, lax, Letters.RSA_KEY);
    DkimResult result = one("From: eve@example.net\r\nX: y\r\nX: z\r\n" + signed, Letters.dns());
    assertThat(result.isPass()).isTrue();
    assertThat(result.added()).containsExactly("from");
  }

  @Test
  void signaturesBeyondTheLimitAreIgnored() {
    String field = SIGNED.substring(0, SIGNED.indexOf("From:"));
    String many = field.repeat(20) + SIGNED;
    FakeDns dns = Letters.dns();
    assertThat(Letters.verified(many, dns)).hasSize(8);
    assertThat(dns.questions()).hasSize(8);
    byte[] bytes = AuthCases.Bytes.of(many).bytes();
    Verification verification =
        Letters.verifier()
            .begin(org.spillway.auth.Fields.of(bytes, bytes.length), new BodyHashes());
    assertThat(verification.ignored()).isEqualTo(13);
  }

  @Test
  void internationalDomains() { // RFC 8616 §4
    String international =
        SIGNED
            .replaceFirst("d=example.com", "d=b\u00fccher.example")
            .replaceFirst("s=r", "s=\u00e4; i=j\u00fcrg@b\u00fccher.example");
    FakeDns dns =
        new FakeDns().txt("xn--4ca._domainkey.xn--bcher-kva.example", Letters.RSA.record());
    DkimResult result = one(international, dns);
    assertThat(result.cause()).isEqualTo(DkimCause.SIGNATURE); // the key was found
    assertThat(result.identity()).isEqualTo("j\u00fcrg@b\u00fccher.example");
    assertThat(result.domain())
        .hasValueSatisfying(d -> assertThat(d.unicode()).isEqualTo("b\u00fccher.example"));
    String key = Letters.RSA.published();
    FakeDns strict = new FakeDns().txt("xn--4ca._domainkey.xn--bcher-kva.example", "t=s; p=" + key);
    assertThat(one(international, strict).cause()).isEqualTo(DkimCause.SIGNATURE);
  }

  @Test
  void reportsWhatAReaderNeeds() {
    DkimResult result = one(SIGNED, Letters.dns());
    assertThat(result.domain()).contains(Letters.EXAMPLE);
    assertThat(result.selector()).isEqualTo("r");
    assertThat(result.prefix()).hasSize(8);
    assertThat(SIGNED).contains("b=" + result.prefix());
    assertThat(result.signedAt()).contains(Letters.NOW);
    assertThat(result.uncoveredBytes()).isZero();
    assertThat(result.kind()).isEqualTo(SignatureKind.DKIM);
  }
}
