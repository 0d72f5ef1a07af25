package org.spillway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.admit.Finding;
import org.spillway.deliver.Queue;
import org.spillway.log.EventLog;
import org.spillway.mail.Arrival;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.metrics.Metrics;
import org.spillway.smtp.server.AcceptedListener;
import org.spillway.spool.Draft;
import org.spillway.spool.Entry;
import org.spillway.spool.Spool;
import org.spillway.store.Chronicle;

/** From the dialog to the queue: what was just made safe begins its way out. */
final class Arrivals implements AcceptedListener {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final Spool spool;
  private final Queue queue;
  private final Chronicle chronicle;
  private final EventLog log;
  private final Metrics metrics;
  private final Optional<Reports> reports;

  Arrivals(
      Spool spool,
      Queue queue,
      Chronicle chronicle,
      EventLog log,
      Metrics metrics,
      Optional<Reports> reports) {
    this.reports = reports;
    this.spool = spool;
    this.queue = queue;
    this.chronicle = chronicle;
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public void accepted(EntryId id, Draft.Accepted accepted, List<Finding> findings) {
    try {
      spool.entry(id).ifPresent(this::begin);
      checked(id, findings);
      report(accepted.arrival(), accepted.envelope(), findings);
    } catch (IOException broken) {
      LOG.error("{} is safe but cannot be read back; it goes out after a restart", id, broken);
    }
  }

  /** What the checks saw of mail from outside goes into its trace. */
  private void checked(EntryId id, List<Finding> findings) {
    Map<String, String> seen = seen(findings);
    if (!seen.isEmpty()) {
      chronicle.track(id, "checked", List.of(), seen);
    }
  }

  private void report(Arrival arrival, Envelope envelope, List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding instanceof Finding.Authenticated found) {
        reports.ifPresent(r -> r.saw(arrival, envelope, found));
      }
    }
  }

  private static Map<String, String> seen(List<Finding> findings) {
    Map<String, String> seen = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.Authenticated || finding instanceof Finding.Guarded) {
        seen.merge(finding.check(), finding.seen(), (one, other) -> one + "; " + other);
      }
    }
    return seen;
  }

  private void begin(Entry entry) {
    chronicle.accepted(entry);
    queue.add(entry);
  }

  @Override
  public void refused(Refusal refusal) {
    metrics.count("spillway_refused_total", "code", Integer.toString(refusal.reply().code()));
    EventLog.Line line = log.line("refused");
    refusal.id().ifPresent(id -> line.put("id", id.toString()));
    line.put("client", refusal.arrival().client().getHostAddress())
        .put("helo", refusal.arrival().helo())
        .put("from", refusal.envelope().from().toString());
    refusal.recipient().ifPresent(rcpt -> line.put("rcpt", rcpt.toString()));
    seen(refusal.findings()).forEach(line::put);
    line.put("reply", refusal.reply().toString()).write();
    refusal.id().ifPresent(id -> track(id, refusal));
    report(refusal.arrival(), refusal.envelope(), refusal.findings());
  }

  private void track(EntryId id, Refusal refusal) {
    List<String> recipients =
        refusal.envelope().recipients().stream()
            .map(Recipient::address)
            .map(Object::toString)
            .toList();
    chronicle.track(id, "refused", recipients, Map.of("reply", refusal.reply().toString()));
  }
}
