package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as domains publish them. */
class DmarcRecordTest {

  private static DmarcRecord valid(String text) {
    return valid(text, Rules.RFC9989);
  }

  private static DmarcRecord valid(String text, Rules rules) {
    return switch (DmarcRecord.parse(text, rules)) {
      case DmarcRecord.Valid(DmarcRecord record) -> record;
      case DmarcRecord.Invalid invalid -> throw new AssertionError(text + ": " + invalid.why());
      case DmarcRecord.Foreign foreign -> throw new AssertionError(text + ": " + foreign.why());
    };
  }

  @Test
  void everyTag() {
    DmarcRecord record =
        valid(
            "v=DMARC1; np=reject; p=none; sp=quarantine; adkim=s; aspf=s; psd=n; t=y; fo=d:s;"
                + " rua=mailto:a@example.com, mailto:b%2Bc@example.net!10m; ruf=https://x.test/y");

    assertThat(record.p()).isEqualTo(Policy.NONE);
    assertThat(record.forSubdomains()).isEqualTo(Policy.QUARANTINE);
    assertThat(record.forMissing()).isEqualTo(Policy.REJECT);
    assertThat(record.adkim()).isEqualTo(Alignment.STRICT);
    assertThat(record.aspf()).isEqualTo(Alignment.STRICT);
    assertThat(record.psd()).isEqualTo(Psd.NO);
    assertThat(record.testing()).isTrue();
    assertThat(record.fo()).isEqualTo("d:s");
    assertThat(record.rua())
        .extracting(uri -> uri.mailto().orElseThrow().toString())
        .containsExactly("a@example.com", "b+c@example.net");
    assertThat(record.rua().getLast().mostBytes()).isEqualTo(OptionalLong.of(10 << 20));
    assertThat(record.ruf().getFirst().mailto()).isEmpty();
    assertThat(record.remarks()).isEmpty();
  }

  @Test
  void defaults() {
    DmarcRecord record = valid("v=DMARC1;p=reject");

    assertThat(record.forMissing()).isEqualTo(Policy.REJECT);
    assertThat(record.adkim()).isEqualTo(Alignment.RELAXED);
    assertThat(record.psd()).isEqualTo(Psd.UNKNOWN);
    assertThat(record.testing()).isFalse();
    assertThat(record.fo()).isEqualTo("0");
  }

  @Test
  void syntaxErrorsElsewhereCountAsDefaults() { // RFC 9989 §4.7
    DmarcRecord record =
        valid("v=DMARC1; p=reject; adkim=x; aspf=; t=maybe; psd=?; fo=z; rua=nonsense; 1=2; junk");

    assertThat(record.p()).isEqualTo(Policy.REJECT);
    assertThat(record.adkim()).isEqualTo(Alignment.RELAXED);
    assertThat(record.testing()).isFalse();
    assertThat(record.rua()).isEmpty();
    assertThat(record.remarks()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DMARC1; rua=mailto:a@example.com",
        "v=DMARC1; p=strict; rua=mailto:a@example.com",
        "v=DMARC1; p=reject; sp=x; rua=mailto:a@example.com",
        "v=DMARC1; p=reject; np=x; rua=mailto:a@example.com"
      })
  void aBadPolicyWithSomebodyToTellIsNone(String text) { // RFC 9989 §4.10.1
    assertThat(valid(text).p()).isEqualTo(Policy.NONE);
    assertThat(valid(text).forMissing()).isEqualTo(Policy.NONE);
    assertThat(valid(text).remarks()).isNotEmpty();
  }

  @Test
  void onlyTheOldRulesKnowPercent() {
    String text = "v=DMARC1; p=reject; pct=25";

    assertThat(valid(text).percent()).isEqualTo(100);
    assertThat(valid(text).remarks()).containsExactly("ignored tag pct");
    assertThat(valid(text, Rules.RFC7489).percent()).isEqualTo(25);
    assertThat(valid("v=DMARC1; p=none; t=y", Rules.RFC7489).testing()).isFalse();
  }

  @Test
  void aRecordThatSaysNothingStillGuidesTheWalk() {
    assertThat(DmarcRecord.parse("v=DMARC1; psd=y", Rules.RFC9989))
        .isEqualTo(new DmarcRecord.Invalid("no p, and no rua", Psd.YES));
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:a@b.example!0,0",
    "mailto:a@b.example!1k,1024",
    "mailto:a@b.example!2G,2147483648",
    "mailto:a@b.example!1t,1099511627776",
    "mailto:a@b.example!999999999t,9223372036854775807"
  })
  void sizes(String uri, long bytes) {
    assertThat(ReportUri.parse(uri).orElseThrow().mostBytes()).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mailto:",
        "mailto:a",
        "mailto:a@b.example!",
        "mailto:a@b.example!1x",
        "a@b.example",
        "mailto:a@b.example!-1",
        "mailto:a%0d%0ab@b.example",
        "mailto:a%4@b.example",
        "1x:y",
        "http://a b",
        "mailto:a@b.example!1!2"
      })
  void notUris(String uri) {
    assertThat(ReportUri.parse(uri)).isEmpty();
  }
}
