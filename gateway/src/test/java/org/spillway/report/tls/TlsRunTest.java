package org.spillway.report.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.report.parcel.Item;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;
import org.spillway.report.parcel.ReportMail;
import org.spillway.report.tally.ReportSchedule;
import org.spillway.report.tally.Tally;
import org.spillway.report.tls.TlsSession.Failure;
import org.spillway.report.tls.TlsSession.PolicyType;
import org.spillway.report.tls.TlsSession.ResultType;
import org.spillway.testing.FakeDns;

/** From sessions to mails and posts: the whole way of a TLS report. */
class TlsRunTest {
  private static final Instant NOON = Instant.parse("2026-05-20T12:00:00Z");

  private final Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final FakeDns dns =
      new FakeDns()
          .zone(
              """
              _smtp._tls.a.test TXT v=TLSRPTv1; rua=mailto:tls@a.test,https://a.test/tls
              """);
  private final TlsReporter reporter =
      new TlsReporter(
          "Sender",
          new Domain("mail.sender.example"),
          Address.parse("tlsrpt@sender.example").orElseThrow());
  private final Tally tally;
  private final TlsDesk desk;
  private final Sent sent = new Sent();

  TlsRunTest(@TempDir Path folder) {
    this.folder = folder;
    tally = new Tally(folder, "tls", ReportSchedule.DAILY, 1_000, now::get);
    desk = new TlsDesk(tally, reporter);
  }

  private static final class Sent implements TlsRun.Outbox {
    final List<ReportMail> mails = new ArrayList<>();
    final List<byte[]> bodies = new ArrayList<>();
    boolean posting = true;

    @Override
    public boolean send(ReportMail mail) {
      return mails.add(mail);
    }

    @Override
    public boolean post(URI to, String type, byte[] body) {
      assertThat(to).hasToString("https://a.test/tls");
      assertThat(type).isEqualTo("application/tlsrpt+gzip");
      return posting && bodies.add(body);
    }
  }

  private TlsRun run() {
    return new TlsRun(folder, ReportSchedule.DAILY, desk, dns, reporter, now::get);
  }

  private void session(String domain, PolicyType policy, Optional<Failure> failure) {
    List<String> strings =
        policy == PolicyType.STS ? List.of("version: STSv1", "mode: enforce") : List.of();
    List<String> hosts = policy == PolicyType.STS ? List.of("*.a.test") : List.of();
    desk.saw(new TlsSession(new Domain(domain), policy, strings, hosts, failure));
  }

  private static Optional<Failure> failure(ResultType type) {
    return Optional.of(new Failure(type, "192.0.2.9", "mx.a.test", "", "192.0.2.1", ""));
  }

  private void aDayOfSessions() throws IOException {
    for (int i = 0; i < 5; i++) {
      session("a.test", PolicyType.STS, Optional.empty());
    }
    session("a.test", PolicyType.STS, failure(ResultType.CERTIFICATE_EXPIRED));
    session("a.test", PolicyType.STS, failure(ResultType.CERTIFICATE_EXPIRED));
    session("a.test", PolicyType.STS, failure(ResultType.STARTTLS_NOT_SUPPORTED));
    session("a.test", PolicyType.NO_POLICY_FOUND, Optional.empty());
    session("quiet.test", PolicyType.NO_POLICY_FOUND, Optional.empty());
    tally.flush();
    now.set(NOON.plus(Duration.ofHours(17)));
  }

  private static TlsReport report(byte[] bytes) {
    return ((TlsIngest.Taken) TlsIngest.read(Parcel.open(bytes, ParcelLimits.DEFAULT)).getFirst())
        .report();
  }

  @Test
  void sessionsBecomeAReport() throws IOException {
    aDayOfSessions();
    TlsRun.Done done = run().run(sent);

    assertThat(done.sent()).isEqualTo(2);
    assertThat(done.left()).isEmpty();
    TlsReport report = report(sent.mails.getFirst().content());
    assertThat(report).isEqualTo(report(sent.bodies.getFirst()));
    assertThat(report.start()).isEqualTo(Instant.parse("2026-05-20T00:00:00Z"));
    assertThat(report.end()).isEqualTo(Instant.parse("2026-05-20T23:59:59Z"));
    assertThat(report.successful()).isEqualTo(6);
    assertThat(report.failed()).isEqualTo(3);
    TlsReport.Policy sts = report.policies().getLast();
    assertThat(sts.type()).isEqualTo("sts");
    assertThat(sts.mxHosts()).containsExactly("*.a.test");
    assertThat(sts.failures())
        .extracting(TlsReport.Failure::type, TlsReport.Failure::sessions)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("certificate-expired", 2L),
            org.assertj.core.groups.Tuple.tuple("starttls-not-supported", 1L));
    assertThat(folder).isEmptyDirectory();
    assertThat(run().run(sent).sent()).isZero();
  }

  @Test
  void theMailIsAsTheRfcWants() throws IOException { // RFC 8460 §5.1, §5.3
    aDayOfSessions();
    run().run(sent);
    ReportMail mail = sent.mails.getFirst();
    String text = new String(mail.content(), StandardCharsets.US_ASCII).replace("\r\n ", " ");
    String id = report(mail.content()).reportId();

    assertThat(mail.to()).hasToString("tls@a.test");
    assertThat(text)
        .contains("\r\nTLS-Report-Domain: a.test\r\n")
        .contains("\r\nTLS-Report-Submitter: mail.sender.example\r\n")
        .contains("\r\nTLS-Required: No\r\n")
        .contains(
            "\r\nSubject: Report Domain: a.test Submitter: mail.sender.example Report-ID: <"
                + id
                + "@mail.sender.example>\r\n")
        .contains("\r\nContent-Type: multipart/report; report-type=\"tlsrpt\"; boundary=")
        .contains("\r\nContent-Type: application/tlsrpt+gzip\r\n");
    Parcel.Opened opened = (Parcel.Opened) Parcel.open(mail.content(), ParcelLimits.DEFAULT);
    Item json =
        opened.items().stream().filter(i -> i.kind() == Item.Kind.JSON).findFirst().orElseThrow();
    assertThat(json.name())
        .isEqualTo("mail.sender.example!a.test!1779235200!1779321599!" + id + ".json");
    assertThat(TlsReportTest.faults(json.bytes())).isEmpty();
  }

  @Test
  void aFailingEndpointIsTriedForADay() throws IOException {
    aDayOfSessions();
    sent.posting = false;
    assertThat(run().run(sent).waiting()).isEqualTo(1);
    assertThat(run().run(sent).waiting()).isEqualTo(1);
    assertThat(sent.mails).hasSize(1);
    now.set(Instant.parse("2026-05-22T00:00:01Z"));
    TlsRun.Done done = run().run(sent);
    assertThat(done.waiting()).isZero();
    assertThat(done.left()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aSilentDnsIsAskedForADay() throws IOException {
    dns.clear("_smtp._tls.a.test").fail("_smtp._tls.a.test", "SERVFAIL");
    aDayOfSessions();
    assertThat(run().run(sent).waiting()).isEqualTo(1);
    now.set(Instant.parse("2026-05-22T00:00:01Z"));
    assertThat(run().run(sent).left()).hasSize(1);
    assertThat(sent.mails).isEmpty();
  }
}
