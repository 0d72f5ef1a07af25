package org.spillway.report.tls;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;
import org.spillway.report.parcel.ReportMail;
import org.spillway.report.tally.ReportSchedule;
import org.spillway.report.tally.SentMarks;
import org.spillway.report.tally.TallyFile;

/**
 * Sends the TLS reports that are due. Called now and then by one thread. A restart in the middle of
 * a run sends no report twice.
 */
public final class TlsRun {
  /** RFC 8460 §4.1: what cannot be delivered is tried for a day. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** How a report leaves. */
  public interface Outbox {
    /**
     * Makes a mail safe and schedules it; it must go out whatever TLS says (RFC 8460 §5.3).
     *
     * @return false to try again at the next run
     */
    boolean send(ReportMail mail);

    /**
     * Posts a body; a status of 2xx is success (RFC 8460 §5.4). The certificate need not be valid.
     *
     * @return false to try again at the next run
     */
    boolean post(URI to, String type, byte[] body);
  }

  /** What a run did: sent, left out with the reason, and still waiting. */
  public record Done(int sent, List<String> left, int waiting) {
    public Done {
      left = List.copyOf(left);
    }
  }

  private final Path folder;
  private final ReportSchedule schedule;
  private final TlsDesk desk;
  private final Dns dns;
  private final TlsReporter reporter;
  private final InstantSource clock;

  /** A run over the files in a folder. */
  public TlsRun(
      Path folder,
      ReportSchedule schedule,
      TlsDesk desk,
      Dns dns,
      TlsReporter reporter,
      InstantSource clock) {
    this.folder = folder;
    this.schedule = schedule;
    this.desk = desk;
    this.dns = dns;
    this.reporter = reporter;
    this.clock = clock;
  }

  /** Sends what is due; a file is deleted when all its reports are done. */
  public Done run(Outbox outbox) throws IOException {
    Once once = new Once(clock.instant(), outbox);
    for (TallyFile file : TallyFile.over(folder, "tls", once.now)) {
      once.file(file);
    }
    return new Done(once.sent, once.left, once.waiting);
  }

  /** One run, with what it has done so far. */
  private final class Once {
    private final Instant now;
    private final Outbox outbox;
    private final List<String> left = new ArrayList<>();
    private int sent;
    private int waiting;

    Once(Instant now, Outbox outbox) {
      this.now = now;
      this.outbox = outbox;
    }

    void file(TallyFile file) throws IOException {
      int before = waiting;
      SentMarks marks = new SentMarks(file);
      desk.make(file, (domain, report) -> report(domain, report, file, marks));
      if (waiting == before) {
        file.delete();
        marks.delete();
      }
    }

    private void report(String domain, TlsReport report, TallyFile file, SentMarks marks)
        throws IOException {
      if (marks.contains(report.reportId())) {
        return;
      }
      boolean late = now.isAfter(file.period().end().plus(PATIENCE));
      boolean early = now.isBefore(schedule.sendAt(file.period(), domain));
      if (early || !all(domain, report, late, marks)) {
        waiting++;
      } else {
        marks.add(report.reportId());
      }
    }

    /** False when something is to be tried again. */
    private boolean all(String domain, TlsReport report, boolean late, SentMarks marks)
        throws IOException {
      return switch (TlsRptRecord.lookUp(dns, new Domain(domain))) {
        case TlsRptRecord.Absent _ -> true; // nobody wants it
        case TlsRptRecord.Invalid(String why) -> leave(domain, why);
        case TlsRptRecord.Unanswered(String why) -> late && leave(domain, why);
        case TlsRptRecord.Valid(TlsRptRecord record) -> {
          TlsMail mail = new TlsMail(domain, report, reporter);
          boolean done = true;
          for (TlsRptRecord.Endpoint to : record.rua()) {
            done &= one(mail, report.reportId(), to, marks) || late && leave(domain, to + " fails");
          }
          yield done;
        }
      };
    }

    private boolean leave(String domain, String why) {
      left.add(domain + ": " + why);
      return true;
    }

    private boolean one(TlsMail mail, String id, TlsRptRecord.Endpoint to, SentMarks marks)
        throws IOException {
      String mark = id + " " + JsonTree.printable(to.toString());
      if (marks.contains(mark)) {
        return true;
      }
      boolean gone =
          switch (to) {
            case TlsRptRecord.Mailbox mailbox -> outbox.send(mail.to(mailbox.address(), now));
            case TlsRptRecord.Https(URI uri) -> outbox.post(uri, TlsMail.TYPE, mail.body());
            case TlsRptRecord.Unsupported(String uri) -> leave(uri, "scheme is not supported");
          };
      if (gone) {
        marks.add(mark);
        sent += to instanceof TlsRptRecord.Unsupported ? 0 : 1;
      }
      return gone;
    }
  }
}
