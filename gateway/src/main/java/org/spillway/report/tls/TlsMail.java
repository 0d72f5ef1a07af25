package org.spillway.report.tls;

import java.time.Instant;
import java.util.List;
import org.spillway.mail.Address;
import org.spillway.report.parcel.ReportMail;

/** A TLS report as a mail and as the body of an HTTPS POST (RFC 8460 §5). */
public final class TlsMail {
  /** The media type of the packed report (RFC 8460 §6.5). */
  public static final String TYPE = "application/tlsrpt+gzip";

  private final TlsReport report;
  private final String domain;
  private final TlsReporter reporter;
  private final byte[] packed;

  /**
   * Writes and packs the report once, for all its recipients.
   *
   * @param domain the policy domain
   */
  public TlsMail(String domain, TlsReport report, TlsReporter reporter) {
    this.domain = domain;
    this.report = report;
    this.reporter = reporter;
    packed = ReportMail.gzip(TlsReportJson.write(report)); // RFC 8460 §5.2
  }

  /** What to POST, with {@link #TYPE} as its Content-Type (RFC 8460 §5.4). */
  public byte[] body() {
    return packed.clone();
  }

  /** {@code sender!policy-domain!begin!end!unique-id.json.gz} (RFC 8460 §5.1). */
  String fileName() {
    return String.join(
            "!",
            reporter.submitter().name(),
            domain,
            Long.toString(report.start().getEpochSecond()),
            Long.toString(report.end().getEpochSecond()),
            report.reportId())
        + ".json.gz";
  }

  /** The mail to one recipient (RFC 8460 §5.3). */
  public ReportMail to(Address recipient, Instant now) {
    String id = report.reportId() + "@" + reporter.submitter();
    String subject =
        "Report Domain: "
            + domain
            + " Submitter: "
            + reporter.submitter()
            + " Report-ID: <"
            + id
            + ">";
    List<String> fields =
        List.of(
            "TLS-Report-Domain: " + domain,
            "TLS-Report-Submitter: " + reporter.submitter(),
            "TLS-Required: No"); // RFC 8460 §5.3: TLS failures must not keep it; RFC 8689 §3
    return ReportMail.write(
        reporter.from(),
        recipient,
        new ReportMail.Plan(
            "multipart/report; report-type=\"tlsrpt\"",
            subject,
            fields,
            report.reportId(),
            now,
            text()),
        new ReportMail.Attachment(TYPE, fileName(), packed));
  }

  /** The part for people. */
  private String text() {
    return "This is an aggregate TLS report from "
        + reporter.submitter()
        + "\r\nabout "
        + domain
        + ", from "
        + report.start()
        + " to "
        + report.end()
        + ".\r\n"
        + report.successful()
        + " sessions with TLS as wanted, "
        + report.failed()
        + " without.\r\n";
  }
}
