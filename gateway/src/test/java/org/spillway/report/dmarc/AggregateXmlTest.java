package org.spillway.report.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.spillway.report.dmarc.AggregateReport.DkimAuth;
import org.spillway.report.dmarc.AggregateReport.Metadata;
import org.spillway.report.dmarc.AggregateReport.PolicyPublished;
import org.spillway.report.dmarc.AggregateReport.Reason;
import org.spillway.report.dmarc.AggregateReport.Row;
import org.spillway.report.dmarc.AggregateReport.SpfAuth;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;
import org.xml.sax.SAXException;

/** What we write is what RFC 9990 describes, and what we read back. */
class AggregateXmlTest {

  static void validate(byte[] xml) throws SAXException, IOException {
    Schema schema =
        SchemaFactory.newDefaultInstance()
            .newSchema(AggregateXmlTest.class.getResource("rfc9990.xsd"));
    schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
  }

  private static AggregateReport report(String text) {
    Row full =
        new Row(
            "2001:db8:0:0:0:0:0:1",
            12,
            "none",
            "fail",
            "pass",
            List.of(
                new Reason("local_policy", "arc=pass as[1].d=x & <y>"),
                new Reason("policy_test_mode", "")),
            "mail.example.com",
            Optional.of(""),
            "to.example",
            List.of(new DkimAuth("a.example", "s", "pass", text), dkim("permerror")),
            List.of(new SpfAuth("b.example", "mfrom", "softfail", "")));
    Row bare =
        new Row(
            "192.0.2.1",
            1,
            "reject",
            "fail",
            "fail",
            List.of(),
            "example.com",
            Optional.empty(),
            "",
            List.of(),
            List.of());
    return new AggregateReport(
        "1.0",
        new Metadata(
            text,
            "reports@receiver.example",
            "https://receiver.example/?a=1&b=2",
            "abc123",
            Instant.ofEpochSecond(1_700_000_000),
            Instant.ofEpochSecond(1_700_086_399),
            List.of("rua has a URI that cannot be used: <x>"),
            "Spillway 0.1"),
        new PolicyPublished(
            "example.com", "reject", "quarantine", "reject", "r", "s", "1:d", "y", "treewalk", ""),
        List.of(full, bare));
  }

  private static DkimAuth dkim(String result) {
    return new DkimAuth("c.example", "t", result, "");
  }

  private static AggregateReport read(byte[] xml) {
    List<Ingested> read =
        new DmarcIngest(ParcelLimits.DEFAULT).read(Parcel.open(xml, ParcelLimits.DEFAULT));
    assertThat(read).hasSize(1);
    return switch (read.getFirst()) {
      case Ingested.Aggregate(AggregateReport report, List<String> remarks) -> {
        assertThat(remarks).isEmpty();
        yield report;
      }
      case Ingested.Failure failure -> throw new AssertionError(failure);
      case Ingested.Refused refused -> throw new AssertionError(refused);
    };
  }

  @Test
  void validatesAndComesBack() throws Exception {
    AggregateReport report = report("Bücher & <Söhne> \"]]>\" \ud83d\ude00");
    byte[] xml = AggregateXml.write(report);
    validate(xml);
    assertThat(read(xml)).isEqualTo(report);
  }

  @Test
  void whatCannotStandInXmlIsReplaced() throws Exception {
    byte[] xml = AggregateXml.write(report("a\u0000b\u001fc\ud800d\uffffe\u0085f"));
    validate(xml);
    assertThat(read(xml).metadata().organization()).isEqualTo("a?b?c?d?e?f");
  }

  @Test
  void theSchemaNotices() {
    String xml = new String(AggregateXml.write(report("x")), StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"<type>policy_test_mode</type>", "<type>forwarded</type>"},
          {"<selector>s</selector>", ""},
          {"dmarc-2.0", "dmarc-3.0"},
          {"<disposition>reject</disposition>", "<disposition>drop</disposition>"},
          {"<p>reject</p>", ""}
        }) {
      String bad = xml.replace(change[0], change[1]);
      assertThat(bad).isNotEqualTo(xml);
      assertThatExceptionOfType(SAXException.class)
          .as(change[0])
          .isThrownBy(() -> validate(bad.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
