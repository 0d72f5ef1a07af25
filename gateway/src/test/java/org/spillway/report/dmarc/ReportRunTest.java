package org.spillway.report.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.auth.dmarc.DkimIdentity;
import org.spillway.auth.dmarc.Dmarc;
import org.spillway.auth.dmarc.DmarcResult;
import org.spillway.auth.dmarc.DmarcSettings;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.auth.dmarc.SpfIdentity;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.ReversePath;
import org.spillway.report.dmarc.AggregateReport.Row;
import org.spillway.report.parcel.Item;
import org.spillway.report.parcel.Parcel;
import org.spillway.report.parcel.ParcelLimits;
import org.spillway.report.parcel.ReportMail;
import org.spillway.report.tally.ReportSchedule;
import org.spillway.report.tally.Tally;
import org.spillway.testing.FakeDns;

/** From messages to mails: the whole way of an aggregate report. */
class ReportRunTest {
  private static final Instant NOON = Instant.parse("2026-05-20T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final FakeDns dns =
      new FakeDns()
          .zone(
              """
              _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:agg@example.com,mailto:x@elsewhere.test!1k
              _dmarc.quiet.test TXT v=DMARC1; p=reject
              """);
  private final Dmarc dmarc = new Dmarc(dns, DmarcSettings.DEFAULT, new Random(1));
  private final Reporter reporter =
      new Reporter(
          "Receiver",
          new Domain("mx.receiver.example"),
          Address.parse("reports@receiver.example").orElseThrow(),
          "",
          "Spillway test");
  private final List<ReportMail> sent = new ArrayList<>();

  private Tally tally;
  private ReportDesk desk;

  private ReportRun start() {
    tally = new Tally(folder, "dmarc", ReportSchedule.DAILY, 1_000, now::get);
    desk = new ReportDesk(tally, reporter);
    return new ReportRun(
        folder, ReportSchedule.DAILY, desk, new ReportDestinations(dns, dmarc), reporter, now::get);
  }

  private void message(String author, String ip, String dkimResult) {
    List<DkimIdentity> dkim =
        List.of(
            new DkimIdentity(new Domain("junk.test"), "j", "fail"),
            new DkimIdentity(new Domain(author), "s", dkimResult));
    Optional<SpfIdentity> spf = Optional.of(new SpfIdentity(new Domain("b.test"), "softfail"));
    DmarcResult result = dmarc.evaluate(new Domain(author), spf, dkim);
    InetAddress client = InetAddress.ofLiteral(ip);
    PolicyOverride.Handling handling =
        PolicyOverride.handle(result, client, Optional.empty(), PolicyOverride.Settings.NONE);
    ReversePath path = ReversePath.of(Address.parse("x@b.test").orElseThrow());
    desk.saw(new Seen(result, handling, client, path, spf, dkim));
  }

  private static AggregateReport report(ReportMail mail) {
    Parcel parcel = Parcel.open(mail.content(), ParcelLimits.DEFAULT);
    return switch (new DmarcIngest(ParcelLimits.DEFAULT).read(parcel).getFirst()) {
      case Ingested.Aggregate aggregate -> aggregate.report();
      case Ingested.Failure failure -> throw new AssertionError(failure);
      case Ingested.Refused refused -> throw new AssertionError(refused);
    };
  }

  @Test
  void countsBecomeAReport() throws Exception {
    ReportRun run = start();
    message("example.com", "192.0.2.1", "pass");
    message("example.com", "192.0.2.1", "pass");
    message("sub.example.com", "192.0.2.2", "fail");
    message("quiet.test", "192.0.2.3", "fail");
    tally.flush();
    message("example.com", "192.0.2.1", "pass");
    tally.flush();

    assertThat(run.run(sent::add).sent()).isZero(); // the day is not over
    now.set(NOON.plus(DAY));
    ReportRun.Done done = run.run(sent::add);

    assertThat(done.sent()).isEqualTo(1);
    assertThat(done.waiting()).isZero();
    assertThat(done.left())
        .containsExactly(
            "example.com to mailto:x@elsewhere.test: no leave at"
                + " example.com._report._dmarc.elsewhere.test");
    AggregateReport report = report(sent.getFirst());
    assertThat(report.messages()).isEqualTo(4);
    assertThat(report.policy().domain()).isEqualTo("example.com");
    assertThat(report.metadata().begin()).isEqualTo(Instant.parse("2026-05-20T00:00:00Z"));
    assertThat(report.metadata().end()).isEqualTo(Instant.parse("2026-05-20T23:59:59Z"));
    Row first = report.rows().getFirst();
    assertThat(first.count()).isEqualTo(3);
    assertThat(first.disposition()).isEqualTo("pass");
    assertThat(first.dkimAligned()).isEqualTo("pass");
    assertThat(first.dkim().getFirst().domain()).isEqualTo("example.com");
    assertThat(first.envelopeFrom()).contains("b.test");
    Row second = report.rows().getLast();
    assertThat(second.disposition()).isEqualTo("reject");
    assertThat(second.headerFrom()).isEqualTo("sub.example.com");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theMailIsAsTheRfcWants() throws Exception {
    ReportRun run = start();
    message("example.com", "2001:db8::1", "pass");
    tally.flush();
    now.set(NOON.plus(DAY));
    run.run(sent::add);

    String id = report(sent.getFirst()).metadata().reportId();
    assertThat(id).matches("[0-9a-f]{24}");
    Parcel.Opened mail =
        (Parcel.Opened) Parcel.open(sent.getFirst().content(), ParcelLimits.DEFAULT);
    assertThat(mail.subject())
        .isEqualTo(
            "Report Domain: example.com Submitter: mx.receiver.example Report-ID: <" + id + ">");
    Item xml =
        mail.items().stream().filter(i -> i.kind() == Item.Kind.XML).findFirst().orElseThrow();
    assertThat(xml.name())
        .isEqualTo("mx.receiver.example!example.com!1779235200!1779321599!" + id + ".xml");
    AggregateXmlTest.validate(xml.bytes());
  }

  @Test
  void aRestartSendsNothingTwice() throws IOException {
    start();
    dns.txt("example.com._report._dmarc.elsewhere.test", "v=DMARC1");
    message("example.com", "192.0.2.1", "pass");
    tally.flush();
    now.set(NOON.plus(DAY));

    ReportRun.Done broken = start().run(mail -> sent.isEmpty() && sent.add(mail));
    assertThat(broken.sent()).isEqualTo(1);
    assertThat(broken.waiting()).isEqualTo(1);
    ReportRun.Done second = start().run(sent::add);
    assertThat(second.sent()).isEqualTo(1);
    assertThat(sent)
        .extracting(mail -> mail.to().toString())
        .containsExactly("agg@example.com", "x@elsewhere.test");
    assertThat(sent.stream().map(mail -> report(mail).metadata().reportId()).distinct()).hasSize(1);
    assertThat(start().run(sent::add).sent()).isZero();
  }

  @Test
  void aLimitOfRuaIsKept() throws IOException {
    ReportRun run = start();
    dns.txt("example.com._report._dmarc.elsewhere.test", "v=DMARC1");
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      message("example.com", "192.0.2." + random.nextInt(250), i % 2 == 0 ? "pass" : "fail");
    }
    tally.flush();
    now.set(NOON.plus(DAY));
    ReportRun.Done done = run.run(sent::add);
    assertThat(done.left()).containsExactly("example.com to x@elsewhere.test: report is too large");
    assertThat(done.sent()).isEqualTo(1);
  }

  @Test
  void whereTheDnsIsSilentTheReportWaitsADay() throws IOException {
    ReportRun run = start();
    dns.fail("example.com._report._dmarc.elsewhere.test", "SERVFAIL");
    message("example.com", "192.0.2.1", "pass");
    tally.flush();
    now.set(Instant.parse("2026-05-21T05:00:00Z"));
    assertThat(run.run(sent::add).waiting()).isEqualTo(1);
    assertThat(sent).hasSize(1);
    now.set(Instant.parse("2026-05-22T00:00:01Z"));
    assertThat(run.run(sent::add).waiting()).isZero();
    assertThat(sent).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void eachPolicyHasItsReport() throws IOException { // RFC 9990 §3.1
    ReportRun run = start();
    message("example.com", "192.0.2.1", "pass");
    dns.clear("_dmarc.example.com")
        .txt("_dmarc.example.com", "v=DMARC1; p=none; rua=mailto:agg@example.com");
    message("example.com", "192.0.2.1", "pass");
    tally.flush();
    now.set(NOON.plus(DAY));
    assertThat(run.run(sent::add).sent()).isEqualTo(2);
    assertThat(sent.stream().map(mail -> report(mail).policy().p())).contains("none", "reject");
    assertThat(sent.stream().map(mail -> report(mail).metadata().reportId()).distinct()).hasSize(2);
  }
}
