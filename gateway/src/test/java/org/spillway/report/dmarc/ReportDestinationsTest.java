package org.spillway.report.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spillway.auth.dmarc.Dmarc;
import org.spillway.auth.dmarc.DmarcRecord;
import org.spillway.auth.dmarc.DmarcSettings;
import org.spillway.auth.dmarc.Rules;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;

/** RFC 9990 §4, with its example. */
class ReportDestinationsTest {
  private final FakeDns dns = new FakeDns().txt("_dmarc.example.com", "v=DMARC1; p=none");

  private List<String> of(String rua) {
    DmarcRecord record =
        ((DmarcRecord.Valid) DmarcRecord.parse("v=DMARC1; p=none; rua=" + rua, Rules.RFC9989))
            .record();
    return new ReportDestinations(dns, new Dmarc(dns, DmarcSettings.DEFAULT, new Random(1)))
        .of(new Domain("blue.example.com"), record.rua()).stream()
            .map(ReportDestinationsTest::text)
            .toList();
  }

  private static String text(ReportDestinations.Destination destination) {
    return switch (destination) {
      case ReportDestinations.Send send -> "send " + send.to();
      case ReportDestinations.Skip skip -> "skip " + skip.why();
      case ReportDestinations.Later _ -> "later";
    };
  }

  @Test
  void inTheOrganizationNobodyIsAsked() {
    assertThat(of("mailto:a@example.com,mailto:b@red.example.com"))
        .containsExactly("send a@example.com", "send b@red.example.com");
  }

  @Test
  void outsideLeaveIsNeeded() {
    assertThat(of("mailto:reports@red.example.net"))
        .containsExactly("skip no leave at blue.example.com._report._dmarc.red.example.net");
    assertThat(dns.questions()).contains("txt blue.example.com._report._dmarc.red.example.net");
    dns.txt("blue.example.com._report._dmarc.red.example.net", "v=DMARC1");
    assertThat(of("mailto:reports@red.example.net"))
        .containsExactly("send reports@red.example.net");
  }

  @Test
  void otherTextIsNoLeave() {
    dns.txt("blue.example.com._report._dmarc.red.example.net", "v=spf1 -all");
    assertThat(of("mailto:reports@red.example.net").getFirst()).startsWith("skip no DMARC record");
  }

  @Test
  void theAddressMayBeReplacedAtTheSameHost() {
    dns.txt(
        "blue.example.com._report._dmarc.red.example.net",
        "v=DMARC1; rua=mailto:other@red.example.net");
    assertThat(of("mailto:reports@red.example.net")).containsExactly("send other@red.example.net");
  }

  @Test
  void butNotElsewhere() {
    dns.txt(
        "blue.example.com._report._dmarc.red.example.net",
        "v=DMARC1; rua=mailto:other@victim.example");
    assertThat(of("mailto:reports@red.example.net").getFirst()).contains("leads elsewhere");
  }

  @Test
  void silenceIsAskedAgain() {
    dns.fail("blue.example.com._report._dmarc.red.example.net", "SERVFAIL");
    assertThat(of("mailto:reports@red.example.net")).containsExactly("later");
  }

  @Test
  void otherSchemesLiteralsAndCrowds() {
    assertThat(of("https://example.com/x")).containsExactly("skip only mailto is supported");
    assertThat(of("mailto:a@%5B192.0.2.1%5D")).containsExactly("skip an address literal");
    assertThat(
            of(
                "mailto:a@example.com,mailto:b@example.com,mailto:c@example.com,"
                    + "mailto:d@example.com,mailto:e@example.com,mailto:f@example.com"))
        .hasSize(6)
        .last()
        .isEqualTo("skip more than 5 URIs");
  }

  @Test
  void aNameTooLongCannotBeAsked() { // step 4
    String label = "x".repeat(60);
    String host = String.join(".", label, label, label, label.substring(4));
    assertThat(of("mailto:a@" + host).getFirst()).contains("too long");
  }
}
