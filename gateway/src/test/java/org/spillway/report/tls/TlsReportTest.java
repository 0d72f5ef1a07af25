package org.spillway.report.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;
import org.spillway.testing.Peers;

/** TLS reports, written and read. */
class TlsReportTest {

  /** What is wrong with a report by the schema of RFC 8460. */
  static List<String> faults(byte[] json) throws IOException {
    try (InputStream in = TlsReportTest.class.getResourceAsStream("rfc8460.schema.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
      return schema.validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON).stream()
          .map(Object::toString)
          .toList();
    }
  }

  private static List<TlsIngest.Outcome> read(byte[] bytes) {
    return TlsIngest.read(Parcel.open(bytes, ParcelLimits.DEFAULT));
  }

  private static TlsIngest.Taken taken(byte[] bytes) {
    List<TlsIngest.Outcome> outcomes = read(bytes);
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst()).as("%s", outcomes).isInstanceOf(TlsIngest.Taken.class);
    return (TlsIngest.Taken) outcomes.getFirst();
  }

  @Test
  void whatWeWriteIsByTheSchemaAndComesBack() throws IOException {
    TlsReport.Failure failure =
        new TlsReport.Failure(
            "validation-failure",
            "2001:db8::1",
            "mx.a.test",
            "mx.a.test",
            "192.0.2.1",
            3,
            "https://x.test/?a=1",
            "X509 \"odd\" \ud83d\ude00\u0001");
    TlsReport report =
        new TlsReport(
            "Company-X",
            Instant.parse("2016-04-01T00:00:00Z"),
            Instant.parse("2016-04-01T23:59:59Z"),
            "tls@company-x.example",
            "5065427c",
            List.of(
                new TlsReport.Policy(
                    "sts",
                    List.of("version: STSv1", "mode: testing"),
                    "a.test",
                    List.of("*.a.test", "b.test"),
                    5_326,
                    3,
                    List.of(failure)),
                new TlsReport.Policy(
                    "sts", List.of(), "a.test", List.of("*.a.test"), 1, 0, List.of()),
                new TlsReport.Policy(
                    "no-policy-found", List.of(), "a.test", List.of(), 0, 0, List.of())));
    byte[] json = TlsReportJson.write(report);
    assertThat(faults(json)).isEmpty();
    assertThat(taken(json)).isEqualTo(new TlsIngest.Taken(report, List.of()));
  }

  @Test
  void theSchemaNotices() throws IOException {
    assertThat(faults("{}".getBytes(StandardCharsets.UTF_8))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rfc8460.json, Company-X, company-y.example, 5326, 303, 3, 0",
    "smtp_tls.json, Example Inc., example.com, 0, 3, 2, 0",
    "mail.ru.json, Mail.ru, example.com, 0, 1, 2, 1",
    "google.com_smtp_tls_report.eml, Google Inc., cardinalhealth.ca, 48, 0, 0, 0"
  })
  void samples(
      String file,
      String organization,
      String domain,
      long successful,
      long failed,
      int details,
      int remarks)
      throws IOException {
    for (String set : List.of("tls", "dmarc")) {
      Path path = Peers.requireSuites().resolve(set + "/parsedmarc/samples/smtp_tls/" + file);
      TlsIngest.Taken taken = taken(Files.readAllBytes(path));
      assertThat(taken.report().organization()).isEqualTo(organization);
      assertThat(taken.report().policies().getFirst().domain()).isEqualTo(domain);
      assertThat(taken.report().successful()).isEqualTo(successful);
      assertThat(taken.report().failed()).isEqualTo(failed);
      assertThat(taken.report().policies().getFirst().failures()).hasSize(details);
      assertThat(taken.remarks()).hasSize(remarks);
    }
  }

  @Test
  void theRfcsSampleIsByTheSchema() throws IOException { // also a check of the transcription
    Path sample = Peers.requireSuites().resolve("tls/parsedmarc/samples/smtp_tls/rfc8460.json");
    assertThat(faults(Files.readAllBytes(sample))).isEmpty();
  }

  @Test
  void oddOnesAreReadAsFarAsTheyGo() {
    String json =
        """
        \ufeff{"policies": [{
            "policy": {"policy-type": "STS", "policy-string": "one",
                "mx-host-pattern": ["a"], "policy-domain": "A.test"},
            "summary": {"total-successful-session-count": "7", "total-failure-session-count": -1},
            "failure-details": null
          }, 5],
          "date-range": {"start-datetime": "now"}}
        """;
    TlsIngest.Taken taken = taken(json.getBytes(StandardCharsets.UTF_8));
    assertThat(taken.report().successful()).isEqualTo(7);
    TlsReport.Policy policy = taken.report().policies().getFirst();
    assertThat(policy.type()).isEqualTo("sts");
    assertThat(policy.strings()).containsExactly("one");
    assertThat(policy.mxHosts()).containsExactly("a");
    assertThat(taken.remarks()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"policies\":[]}",
        "{\"policies\":{}}",
        "{\"a\":nul}",
        "<feedback/>",
        "Subject: x\n\nhello",
        "{\"policies\":[{\"policy\":{},\"summary\":{"
      })
  void othersAreRefused(String text) {
    assertThat(read(text.getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .isInstanceOf(TlsIngest.Refused.class);
  }

  @Test
  void deepAndWideOnesAreRefused() {
    String deep = "{\"a\":" + "[".repeat(1_000_000);
    assertThat(read(deep.getBytes(StandardCharsets.UTF_8)).getFirst())
        .isInstanceOf(TlsIngest.Refused.class);
    String wide = "{\"a\":[" + "1,".repeat(1_000_000) + "1]}";
    assertThat(read(wide.getBytes(StandardCharsets.UTF_8)).getFirst())
        .isEqualTo(new TlsIngest.Refused("JSON: more than 500000 values"));
  }
}
