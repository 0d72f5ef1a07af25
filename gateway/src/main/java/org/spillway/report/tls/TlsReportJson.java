package org.spillway.report.tls;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a TLS report as the JSON of RFC 8460 §4.4. */
final class TlsReportJson {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();
  private static final int LONGEST_TEXT = 2_000;

  private TlsReportJson() {}

  static byte[] write(TlsReport report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      text(json, "organization-name", report.organization());
      json.writeObjectPropertyStart("date-range");
      text(json, "start-datetime", report.start().toString());
      text(json, "end-datetime", report.end().toString());
      json.writeEndObject();
      text(json, "contact-info", report.contact());
      text(json, "report-id", report.reportId());
      json.writeArrayPropertyStart("policies");
      report.policies().forEach(policy -> policy(json, policy));
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void policy(JsonGenerator json, TlsReport.Policy policy) {
    json.writeStartObject();
    json.writeObjectPropertyStart("policy");
    text(json, "policy-type", policy.type());
    if (!policy.strings().isEmpty()) {
      array(json, "policy-string", policy.strings());
    }
    text(json, "policy-domain", policy.domain());
    mxHosts(json, policy.mxHosts());
    json.writeEndObject();
    json.writeObjectPropertyStart("summary");
    json.writeNumberProperty("total-successful-session-count", policy.successful());
    json.writeNumberProperty("total-failure-session-count", policy.failed());
    json.writeEndObject();
    if (!policy.failures().isEmpty()) {
      json.writeArrayPropertyStart("failure-details");
      policy.failures().forEach(failure -> failure(json, failure));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** RFC 8460 §4.4 has one pattern, as a string; several stand in an array, as all others do. */
  private static void mxHosts(JsonGenerator json, List<String> hosts) {
    if (hosts.size() == 1) {
      text(json, "mx-host", hosts.getFirst());
    } else if (!hosts.isEmpty()) {
      array(json, "mx-host", hosts);
    }
  }

  private static void failure(JsonGenerator json, TlsReport.Failure failure) {
    json.writeStartObject();
    text(json, "result-type", failure.type());
    optional(json, "sending-mta-ip", failure.sendingMtaIp());
    optional(json, "receiving-mx-hostname", failure.receivingMxHostname());
    optional(json, "receiving-mx-helo", failure.receivingMxHelo());
    optional(json, "receiving-ip", failure.receivingIp());
    json.writeNumberProperty("failed-session-count", failure.sessions());
    optional(json, "additional-information", failure.additionalInformation());
    optional(json, "failure-reason-code", failure.reasonCode());
    json.writeEndObject();
  }

  private static void array(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(text -> json.writeString(clean(text)));
    json.writeEndArray();
  }

  private static void optional(JsonGenerator json, String name, String text) {
    if (!text.isEmpty()) {
      text(json, name, text);
    }
  }

  private static void text(JsonGenerator json, String name, String text) {
    json.writeStringProperty(name, clean(text));
  }

  /** Without half surrogates, which are no Unicode text, and not too long. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_TEXT)
        .forEach(c -> clean.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '?' : c));
    return clean.toString();
  }
}
