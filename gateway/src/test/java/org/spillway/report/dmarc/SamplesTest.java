package org.spillway.report.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;
import org.spillway.testing.Peers;

/** Reports as really received: every one with its counts, the broken ones with what was wrong. */
class SamplesTest {
  private static final DmarcIngest INGEST = new DmarcIngest(ParcelLimits.DEFAULT);

  private static Path samples() {
    return Peers.requireSuites().resolve("dmarc/parsedmarc/samples");
  }

  private static Ingested only(Path file) throws IOException {
    List<Ingested> read = INGEST.read(Parcel.open(Files.readAllBytes(file), ParcelLimits.DEFAULT));
    assertThat(read).hasSize(1);
    return read.getFirst();
  }

  private static Path file(String folder, String start) throws IOException {
    try (Stream<Path> all = Files.list(samples().resolve(folder))) {
      return all.filter(p -> p.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no sample " + start));
    }
  }

  /** Folder, start of the file name, policy domain, rows, messages, and what was wrong. */
  @ParameterizedTest
  @CsvSource({
    "aggregate, !example.com!, example.com, 1, 1, ''",
    "aggregate, !large-example.com!, example.com, 2286, 2286, ''",
    "aggregate, Report domain- borschow.com, borschow.com, 1, 1, ''",
    "aggregate, addisonfoods.com!, example.com, 1, 1, ''",
    "aggregate, empty_reason.xml, example.com, 1, 2, an empty reason is left out",
    "aggregate, estadocuenta1, example.com, 1, 1, ''",
    "aggregate, example.net!, example.com, 1, 1, ''",
    "aggregate, fastmail.com!, indemed.com, 1, 1, ''",
    "aggregate, ikea.com!, example.de, 1, 1, XML: ",
    "aggregate, invalid_utf_8.xml, example.com, 1, 1, bytes that are not UTF-8",
    "aggregate, invalid_xml.xml, example.com, 1, 1, XML: ",
    "aggregate, mimecast-weird-gzip.eml, ab.id.au, 1, 1, ''",
    "aggregate, old_draft_from_wiki.xml, example.com, 1, 2, ''",
    "aggregate, protection.outlook.com!, example.com, 1, 1, ''",
    "aggregate, rfc9990-example.net!, example.com, 2, 7, ''",
    "aggregate, rfc9990-sample.xml, example.com, 1, 123, ''",
    "aggregate, twilight.eml, twlnet.com, 1, 1, ''",
    "aggregate, usssa.com!, example.com, 2, 2, ''",
    "aggregate, veeam.com!, example.com, 1, 1, ''",
    "aggregate_invalid, report_with_upper_cased_pass.xml, example.com, 1, 1, words in capitals",
    "extract_report, nice-input.xml, example.com, 20, 3047, ''",
    "extract_report, nice-input.xml.gz, example.com, 20, 3047, ''",
    "extract_report, nice-input.xml.zip, example.com, 20, 3047, ''",
    "extract_report, changed-input.xml, example.com, 20, 3047, ''",
  })
  void aggregate(String folder, String start, String domain, int rows, long messages, String remark)
      throws IOException {
    assertThat(only(file(folder, start)))
        .isInstanceOfSatisfying(
            Ingested.Aggregate.class,
            read -> {
              assertThat(read.report().policy().domain()).isEqualTo(domain);
              assertThat(read.report().rows()).hasSize(rows);
              assertThat(read.report().messages()).isEqualTo(messages);
              if (remark.isEmpty()) {
                assertThat(read.remarks()).isEmpty();
              } else {
                assertThat(read.remarks()).singleElement().asString().startsWith(remark);
              }
            });
  }

  @Test
  void whatWasPutRight() throws IOException {
    Ingested.Aggregate repaired = (Ingested.Aggregate) only(file("aggregate", "invalid_xml.xml"));
    assertThat(repaired.report().metadata().email()).isEqualTo("<bad-xml@bad-xml.net>");
    assertThat(repaired.report().rows().getFirst().headerFrom()).isEqualTo("bad<xml.net");
    Ingested.Aggregate capitals =
        (Ingested.Aggregate) only(file("aggregate_invalid", "report_with_upper"));
    assertThat(capitals.report().rows().getFirst().dkimAligned()).isEqualTo("pass");
    Ingested.Aggregate modern = (Ingested.Aggregate) only(file("aggregate", "rfc9990-example"));
    assertThat(modern.report().policy().testing()).isEqualTo("y");
    assertThat(modern.report().policy().discovery()).isEqualTo("treewalk");
    assertThat(modern.report().rows().getLast().reasons().getFirst().comment())
        .isEqualTo("sender not authorized");
  }

  @Test
  void theRfcsSampleIsValid() throws Exception { // also a check of the transcribed schema
    AggregateXmlTest.validate(Files.readAllBytes(file("aggregate", "rfc9990-sample.xml")));
  }

  @ParameterizedTest
  @CsvSource({
    "DMARC Failure Report, domain.de, 10.10.10.10, sharepoint@domain.de, 0",
    "[Netease, cardinal.com, 167.89.69.24,"
        + " bounces+1137616-c1ad-xsj399=163.com@email.entrata.com, 0",
    "dmarc_ruf_report_linkedin.eml, example.com, 10.10.10.10, '', 0",
    "dmarc_ruf_report_linkedin.crlf.eml, example.com, 10.10.10.10, '', 0",
    "exim_plain, example.com, 203.0.113.68, '', 1"
  })
  void failure(String start, String domain, String ip, String mailFrom, int remarks)
      throws IOException {
    assertThat(only(file("failure", start)))
        .isInstanceOfSatisfying(
            Ingested.Failure.class,
            read -> {
              assertThat(read.report().reportedDomain()).isEqualTo(domain);
              assertThat(read.report().sourceIp()).isEqualTo(ip);
              assertThat(read.report().originalMailFrom()).isEqualTo(mailFrom);
              assertThat(read.report().original().from()).isNotEmpty();
              assertThat(read.report().original().subject()).isNotEmpty();
              assertThat(read.remarks()).hasSize(remarks);
            });
  }

  @Test
  void nothingIsRefusedAsNothing() throws IOException {
    assertThat(only(samples().resolve("empty.xml"))).isEqualTo(new Ingested.Refused("empty"));
  }

  @Test
  void noSampleOfThisFolderIsLeftOut() throws IOException {
    for (String folder : List.of("aggregate", "aggregate_invalid", "extract_report", "failure")) {
      try (Stream<Path> all = Files.list(samples().resolve(folder))) {
        for (Path file : all.toList()) {
          assertThat(only(file)).as("%s", file).isNotInstanceOf(Ingested.Refused.class);
        }
      }
    }
  }
}
