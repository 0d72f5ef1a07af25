package org.spillway.report.dmarc;

import java.time.Instant;
import java.util.List;
import org.spillway.mail.Address;
import org.spillway.report.parcel.ReportMail;

/** An aggregate report as the mail that carries it (RFC 9990 §3.5.2). */
public final class AggregateMail {
  private final AggregateReport report;
  private final Reporter reporter;
  private final ReportMail.Attachment attachment;

  /** Writes and packs the report once, for all its recipients. */
  public AggregateMail(AggregateReport report, Reporter reporter) {
    this.report = report;
    this.reporter = reporter;
    attachment =
        new ReportMail.Attachment(
            "application/gzip", // RFC 6713
            fileName(),
            ReportMail.gzip(AggregateXml.write(report)));
  }

  /** How long the report is in the mail: what a size limit of rua counts. */
  public long encodedBytes() {
    return attachment.encodedBytes();
  }

  /** {@code receiver!policy-domain!begin!end!unique-id.xml.gz}. */
  String fileName() {
    AggregateReport.Metadata about = report.metadata();
    return String.join(
            "!",
            reporter.submitter().name(),
            report.policy().domain(),
            Long.toString(about.begin().getEpochSecond()),
            Long.toString(about.end().getEpochSecond()),
            about.reportId())
        + ".xml.gz";
  }

  /** The mail to one recipient. */
  public ReportMail to(Address recipient, Instant now) {
    String domain = report.policy().domain();
    String id = report.metadata().reportId();
    String subject =
        "Report Domain: "
            + domain
            + " Submitter: "
            + reporter.submitter()
            + " Report-ID: <"
            + id
            + ">";
    String text =
        "This is a DMARC aggregate report for "
            + domain
            + "\r\nfrom "
            + reporter.submitter()
            + ", from "
            + report.metadata().begin()
            + " to "
            + report.metadata().end()
            + ".\r\n"
            + report.messages()
            + " messages.\r\n";
    return ReportMail.write(
        reporter.from(),
        recipient,
        new ReportMail.Plan("multipart/mixed", subject, List.of(), id, now, text),
        attachment);
  }
}
