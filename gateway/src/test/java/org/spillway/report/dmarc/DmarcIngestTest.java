package org.spillway.report.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;

/** Reports that are broken or built to hurt. */
class DmarcIngestTest {
  private static final String HEAD =
      "<feedback><report_metadata><org_name>o</org_name><date_range><begin>1</begin><end>2</end>"
          + "</date_range></report_metadata>"
          + "<policy_published><domain>a.test</domain><p>none</p></policy_published>";
  private static final String RECORD =
      "<record><row><source_ip>192.0.2.1</source_ip><count>2</count><policy_evaluated>"
          + "<disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated>"
          + "</row><identifiers><header_from>a.test</header_from></identifiers></record>";

  private static Ingested read(String xml) {
    List<Ingested> read =
        new DmarcIngest(ParcelLimits.DEFAULT)
            .read(Parcel.open(xml.getBytes(StandardCharsets.UTF_8), ParcelLimits.DEFAULT));
    return read.getFirst();
  }

  private static Ingested.Aggregate aggregate(String xml) {
    Ingested read = read(xml);
    assertThat(read).as("%s", read).isInstanceOf(Ingested.Aggregate.class);
    return (Ingested.Aggregate) read;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?xml version=\"1.0\"?><!DOCTYPE feedback [<!ENTITY a \"aaaa\"><!ENTITY b"
            + " \"&a;&a;&a;\">]>",
        "<!DOCTYPE feedback SYSTEM \"http://127.0.0.1/x.dtd\">",
        "<!DOCTYPE feedback [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
      })
  void documentTypesAreRefused(String prolog) {
    assertThat(read(prolog + HEAD + RECORD.replace("a.test", "&b;") + "</feedback>"))
        .isEqualTo(new Ingested.Refused("holds a document type or an entity"));
  }

  @Test
  void deepNestingIsRefusedInTime() {
    String deep = "<feedback>" + "<a>".repeat(2_000_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThat(((Ingested.Refused) read(deep)).why()).contains("nested"));
    String wide = HEAD + "<x/>".repeat(1_000_000) + "</feedback>";
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThat(((Ingested.Refused) read(wide)).why()).contains("elements"));
  }

  @Test
  void manyAmpersandsAreReadInTime() {
    String text = HEAD + "<extension>" + "& <".repeat(200_000) + "</extension>" + RECORD;
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> assertThat(read(text)).isInstanceOf(Ingested.class));
  }

  @Test
  void whatWasCutOffKeepsItsWholeRecords() {
    String xml = HEAD + RECORD + RECORD + RECORD.substring(0, 100);
    Ingested.Aggregate read = aggregate(xml);
    assertThat(read.report().messages()).isEqualTo(4);
    assertThat(read.remarks()).anySatisfy(said -> assertThat(said).startsWith("cut off: "));
  }

  @Test
  void aRecordWithoutACountIsLeftOut() {
    Ingested.Aggregate read =
        aggregate(HEAD + RECORD + RECORD.replace(">2<", ">-2<") + "</feedback>");
    assertThat(read.report().messages()).isEqualTo(2);
    assertThat(read.remarks()).contains("a record has no readable count and is left out");
  }

  @Test
  void prefixesOtherEncodingsAndMarks() {
    String prefixed =
        "<?xml version='1.0'?>"
            + (HEAD + RECORD + "</feedback>")
                .replaceAll("<(/?)([a-z])", "<$1ns0:$2")
                .replaceFirst("feedback", "feedback xmlns:ns0='urn:x'");
    assertThat(aggregate(prefixed).report().messages()).isEqualTo(2);
    String marked = "\ufeff" + HEAD + RECORD + "</feedback>";
    assertThat(aggregate(marked).remarks()).isEmpty();
    byte[] wide = marked.getBytes(StandardCharsets.UTF_16LE);
    List<Ingested> read =
        new DmarcIngest(ParcelLimits.DEFAULT).read(Parcel.open(wide, ParcelLimits.DEFAULT));
    assertThat(read.getFirst()).isInstanceOf(Ingested.Aggregate.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>no report</body></html>",
        "<feedback></feedback>",
        "<feedback><policy_published><domain>a.test</domain></policy_published></feedback>",
        "<",
        "<feedback",
        "From: a\n\nhello"
      })
  void whatIsNoReportIsRefused(String text) {
    assertThat(read(text)).isInstanceOf(Ingested.Refused.class);
  }

  @Test
  void otherFeedbackIsRefused() {
    String mail = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x\n";
    assertThat(read(mail)).isEqualTo(new Ingested.Refused("a feedback report of type abuse"));
  }

  @Test
  void aForwardedReportIsFound() {
    String mail =
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
            + "Content-Type: text/xml\n\n"
            + HEAD
            + RECORD
            + "</feedback>\n--b--\n";
    assertThat(aggregate(mail).report().messages()).isEqualTo(2);
  }
}
