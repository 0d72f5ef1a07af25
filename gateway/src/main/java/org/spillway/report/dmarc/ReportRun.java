package org.spillway.report.dmarc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.spillway.mail.Domain;
import org.spillway.report.parcel.ReportMail;
import org.spillway.report.tally.ReportSchedule;
import org.spillway.report.tally.SentMarks;
import org.spillway.report.tally.TallyFile;

/**
 * Sends the aggregate reports that are due. Called now and then, for example every ten minutes, by
 * one thread. A restart in the middle of a run sends no report twice.
 */
public final class ReportRun {
  /** How long a destination that the DNS does not answer for is tried. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** Where a report goes to be sent like any other mail. */
  public interface Outbox {
    /**
     * Makes it safe and schedules it.
     *
     * @return false when it could not be made safe: it is tried again at the next run
     */
    boolean send(ReportMail mail);
  }

  /**
   * What a run did.
   *
   * @param left destinations left out, with the reason, for the log
   * @param waiting reports that are not due yet, or to be tried again
   */
  public record Done(int sent, List<String> left, int waiting) {
    public Done {
      left = List.copyOf(left);
    }
  }

  private final Path folder;
  private final ReportSchedule schedule;
  private final ReportDesk desk;
  private final ReportDestinations destinations;
  private final Reporter reporter;
  private final InstantSource clock;

  /** A run over the files in a folder. */
  public ReportRun(
      Path folder,
      ReportSchedule schedule,
      ReportDesk desk,
      ReportDestinations destinations,
      Reporter reporter,
      InstantSource clock) {
    this.folder = folder;
    this.schedule = schedule;
    this.desk = desk;
    this.destinations = destinations;
    this.reporter = reporter;
    this.clock = clock;
  }

  /** Sends what is due; a file is deleted when all its reports are done. */
  public Done run(Outbox outbox) throws IOException {
    Once once = new Once(clock.instant(), outbox);
    for (TallyFile file : TallyFile.over(folder, "dmarc", once.now)) {
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
      desk.make(file, due -> report(due, file, marks));
      if (waiting == before) {
        file.delete();
        marks.delete();
      }
    }

    private void report(ReportDesk.Due due, TallyFile file, SentMarks marks) throws IOException {
      String domain = due.report().policy().domain();
      String mark = due.report().metadata().reportId();
      if (marks.contains(mark)) {
        return;
      }
      if (now.isBefore(schedule.sendAt(file.period(), domain)) || !all(due, domain, file, marks)) {
        waiting++;
        return;
      }
      marks.add(mark);
    }

    /** False when a destination is to be tried again. */
    private boolean all(ReportDesk.Due due, String domain, TallyFile file, SentMarks marks)
        throws IOException {
      AggregateMail mail = new AggregateMail(due.report(), reporter);
      boolean done = true;
      for (ReportDestinations.Destination to : destinations.of(new Domain(domain), due.rua())) {
        done &=
            switch (to) {
              case ReportDestinations.Send send -> send(mail, due, send, marks);
              case ReportDestinations.Skip(String uri, String why) -> skip(domain, uri, why);
              case ReportDestinations.Later(String uri, String why) ->
                  now.isAfter(file.period().end().plus(PATIENCE)) && skip(domain, uri, why);
            };
      }
      return done;
    }

    private boolean skip(String domain, String uri, String why) {
      left.add(domain + " to " + uri + ": " + why);
      return true;
    }

    private boolean send(
        AggregateMail mail, ReportDesk.Due due, ReportDestinations.Send to, SentMarks marks)
        throws IOException {
      String mark = due.report().metadata().reportId() + " " + to.to().key();
      if (marks.contains(mark)) {
        return true;
      }
      if (to.mostBytes().isPresent() && mail.encodedBytes() > to.mostBytes().getAsLong()) {
        return skip(due.report().policy().domain(), to.to().toString(), "report is too large");
      }
      if (!outbox.send(mail.to(to.to(), now))) {
        return false;
      }
      marks.add(mark);
      sent++;
      return true;
    }
  }
}
