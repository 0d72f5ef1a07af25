package org.spillway;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.spillway.auth.message.ContentWatch;
import org.spillway.config.Settings;
import org.spillway.deliver.courier.Signatures;
import org.spillway.deliver.tls.Road;
import org.spillway.dns.Dns;
import org.spillway.report.Outbox;

/**
 * What the node has to do with other domains: who their mail is really from, what ours is signed
 * with, which TLS they want, and what we report to them.
 */
final class OtherDomains implements AutoCloseable {
  private static final Duration STS_REFRESH = Duration.ofHours(1);
  private static final Duration REPORT_RUN = Duration.ofMinutes(10);

  private final Authenticity authenticity;
  private final Optional<Reports> reports;
  private final Roads roads;
  private final Chores chores = new Chores();

  /** Reads keys and opens folders; asks nobody yet. */
  OtherDomains(Settings settings, Dns dns, Outbox outbox, World world) throws IOException {
    authenticity = new Authenticity(settings, dns, world);
    reports =
        settings.reports().isPresent()
            ? Optional.of(new Reports(settings, settings.reports().get(), dns, outbox, world))
            : Optional.empty();
    roads =
        new Roads(
            settings.node().dataDirectory(),
            dns,
            new TlsRows(session -> reports.ifPresent(r -> r.saw(session))),
            world);
  }

  ContentWatch watch() {
    return authenticity.watch();
  }

  Signatures signatures() {
    return authenticity.signing();
  }

  Road road() {
    return roads.road();
  }

  Optional<Reports> reports() {
    return reports;
  }

  /** Begins what is done from time to time. */
  void start() {
    chores.every(STS_REFRESH, "MTA-STS refresh", roads::refresh);
    reports.ifPresent(r -> chores.every(REPORT_RUN, "reports", r::run));
  }

  /** Reads what a reload may change; nothing changes until what is returned is run. */
  Runnable reading(Settings settings) throws IOException {
    return authenticity.reading(settings.admission().authentication());
  }

  /** Ends it; what was counted for reports is written down. */
  @Override
  public void close() throws IOException {
    chores.close();
    roads.close();
    if (reports.isPresent()) {
      reports.get().flush();
    }
  }
}
