package org.spillway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.admit.Finding;
import org.spillway.auth.dmarc.Dmarc;
import org.spillway.auth.dmarc.DmarcResult;
import org.spillway.auth.dmarc.DmarcSettings;
import org.spillway.auth.message.Authentication;
import org.spillway.config.Settings;
import org.spillway.dns.Dns;
import org.spillway.mail.Arrival;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.report.Outbox;
import org.spillway.report.dmarc.ReportDesk;
import org.spillway.report.dmarc.ReportDestinations;
import org.spillway.report.dmarc.ReportRun;
import org.spillway.report.dmarc.Reporter;
import org.spillway.report.dmarc.Seen;
import org.spillway.report.parcel.ReportMail;
import org.spillway.report.tally.ReportSchedule;
import org.spillway.report.tally.Tally;
import org.spillway.report.tls.TlsDesk;
import org.spillway.report.tls.TlsReporter;
import org.spillway.report.tls.TlsRun;
import org.spillway.report.tls.TlsSession;

/**
 * What we tell others: DMARC aggregate reports (RFC 9990) and TLS reports (RFC 8460), counted all
 * day and sent when it is over.
 */
final class Reports implements TlsRun.Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  private static final int MOST_LINES = 100_000;
  private static final Duration POST_LIMIT = Duration.ofSeconds(30);

  private final Outbox outbox;
  private final Tally dmarcTally;
  private final Tally tlsTally;
  private final ReportDesk dmarcDesk;
  private final TlsDesk tlsDesk;
  private final ReportRun dmarcRun;
  private final TlsRun tlsRun;

  Reports(Settings settings, Settings.Reports who, Dns dns, Outbox outbox, World world)
      throws IOException {
    this.outbox = outbox;
    Path folder = Files.createDirectories(settings.node().dataDirectory().resolve("reports"));
    ReportSchedule daily = ReportSchedule.DAILY;
    dmarcTally = new Tally(folder, "dmarc", daily, MOST_LINES, world.clock());
    tlsTally = new Tally(folder, "tls", daily, MOST_LINES, world.clock());
    Reporter reporter =
        new Reporter(who.organization(), who.from().domain(), who.from(), "", "Spillway");
    TlsReporter tlsReporter = new TlsReporter(who.organization(), who.from().domain(), who.from());
    dmarcDesk = new ReportDesk(dmarcTally, reporter);
    tlsDesk = new TlsDesk(tlsTally, tlsReporter);
    Dmarc dmarc = new Dmarc(dns, DmarcSettings.DEFAULT, world.chance());
    dmarcRun =
        new ReportRun(
            folder, daily, dmarcDesk, new ReportDestinations(dns, dmarc), reporter, world.clock());
    tlsRun = new TlsRun(folder, daily, tlsDesk, dns, tlsReporter, world.clock());
  }

  /** Counts what was found of a message; costs a look-up in a map. */
  void saw(Arrival arrival, Envelope envelope, Finding.Authenticated found) {
    Authentication results = found.results();
    for (DmarcResult result : results.dmarc()) {
      dmarcDesk.saw(
          new Seen(
              result,
              found.handling(),
              arrival.client(),
              envelope.from(),
              results.spfIdentity(),
              results.dkimIdentities()));
    }
  }

  /** Counts a TLS session with another host. */
  void saw(TlsSession session) {
    tlsDesk.saw(session);
  }

  /** Writes the counts down and sends what is due; called every few minutes by one thread. */
  void run() throws IOException {
    flush();
    dmarcRun.run(this::send).left().forEach(left -> LOG.info("no DMARC report: {}", left));
    tlsRun.run(this).left().forEach(left -> LOG.info("no TLS report: {}", left));
  }

  /** Writes the counts down. */
  void flush() throws IOException {
    dmarcTally.flush();
    tlsTally.flush();
  }

  @Override
  public boolean send(ReportMail mail) {
    Envelope envelope = Envelope.of(ReversePath.of(mail.from()), List.of(Recipient.of(mail.to())));
    return outbox.send(envelope, mail.content());
  }

  @Override
  public boolean post(URI to, String type, byte[] body) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(POST_LIMIT).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(to)
              .timeout(POST_LIMIT)
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException | IllegalArgumentException failed) {
      LOG.info("TLS report to {} not posted: {}", to, failed.toString());
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
