package org.spillway.report.dmarc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.spillway.report.dmarc.AggregateReport.DkimAuth;
import org.spillway.report.dmarc.AggregateReport.Metadata;
import org.spillway.report.dmarc.AggregateReport.PolicyPublished;
import org.spillway.report.dmarc.AggregateReport.Reason;
import org.spillway.report.dmarc.AggregateReport.Row;
import org.spillway.report.dmarc.AggregateReport.SpfAuth;

/** Writes an aggregate report as the XML of RFC 9990 appendix A. */
final class AggregateXml {
  static final String NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0";
  private static final int LONGEST_TEXT = 2_000;

  private final StringBuilder xml = new StringBuilder(8_192);
  private String indent = "";

  private AggregateXml() {}

  static byte[] write(AggregateReport report) {
    AggregateXml writer = new AggregateXml();
    writer.report(report);
    return writer.xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void report(AggregateReport report) {
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<feedback xmlns=\"").append(NAMESPACE).append("\">\n");
    indent = "  ";
    element("version", "1.0"); // RFC 9990 §3.1.1.2: must have the value 1.0
    inside("report_metadata", () -> metadata(report.metadata()));
    inside("policy_published", () -> policy(report.policy()));
    report.rows().forEach(row -> inside("record", () -> row(row)));
    xml.append("</feedback>\n");
  }

  private void metadata(Metadata metadata) {
    element("org_name", metadata.organization());
    element("email", metadata.email());
    optional("extra_contact_info", metadata.extraContact());
    element("report_id", metadata.reportId());
    inside(
        "date_range",
        () -> {
          element("begin", Long.toString(metadata.begin().getEpochSecond()));
          element("end", Long.toString(metadata.end().getEpochSecond()));
        });
    optional("error", String.join("; ", metadata.errors())); // at most one element
    optional("generator", metadata.generator());
  }

  private void policy(PolicyPublished policy) {
    element("domain", policy.domain());
    optional("discovery_method", policy.discovery());
    element("p", policy.p());
    optional("sp", policy.sp());
    optional("np", policy.np());
    optional("fo", policy.fo());
    optional("adkim", policy.adkim());
    optional("aspf", policy.aspf());
    optional("testing", policy.testing());
  }

  private void row(Row row) {
    inside(
        "row",
        () -> {
          element("source_ip", row.sourceIp());
          element("count", Long.toString(row.count()));
          inside("policy_evaluated", () -> evaluated(row));
        });
    inside(
        "identifiers",
        () -> {
          element("header_from", row.headerFrom());
          row.envelopeFrom().ifPresent(from -> element("envelope_from", from));
          optional("envelope_to", row.envelopeTo());
        });
    inside("auth_results", () -> results(row.dkim(), row.spf()));
  }

  private void evaluated(Row row) {
    element("disposition", row.disposition());
    element("dkim", row.dkimAligned());
    element("spf", row.spfAligned());
    for (Reason reason : row.reasons()) {
      inside(
          "reason",
          () -> {
            element("type", reason.type());
            optional("comment", reason.comment());
          });
    }
  }

  private void results(List<DkimAuth> dkim, List<SpfAuth> spf) {
    for (DkimAuth signature : dkim) {
      inside(
          "dkim",
          () -> {
            element("domain", signature.domain());
            element("selector", signature.selector());
            element("result", signature.result());
            optional("human_result", signature.human());
          });
    }
    for (SpfAuth one : spf) {
      inside(
          "spf",
          () -> {
            element("domain", one.domain());
            optional("scope", one.scope());
            element("result", one.result());
            optional("human_result", one.human());
          });
    }
  }

  private void inside(String name, Runnable content) {
    String before = indent;
    xml.append(indent).append('<').append(name).append(">\n");
    indent = before + "  ";
    content.run();
    indent = before;
    xml.append(indent).append("</").append(name).append(">\n");
  }

  private void optional(String name, String text) {
    if (!text.isEmpty()) {
      element(name, text);
    }
  }

  private void element(String name, String text) {
    xml.append(indent).append('<').append(name).append('>');
    escape(text);
    xml.append("</").append(name).append(">\n");
  }

  /** XML 1.0 §2.2 and §2.4: only characters that may stand in a document. */
  private void escape(String text) {
    int end = Math.min(text.length(), LONGEST_TEXT);
    for (int i = 0; i < end; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '&' -> xml.append("&amp;");
        default -> xml.appendCodePoint(mayStand(c) ? c : '?');
      }
    }
  }

  private static boolean mayStand(int c) {
    return c >= 0x20 && c < 0x7f
        || c >= 0xa0 && c < 0xd800
        || c >= 0xe000 && c < 0xfffe
        || c >= 0x10000;
  }
}
