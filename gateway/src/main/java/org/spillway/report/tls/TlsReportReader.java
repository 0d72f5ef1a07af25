package org.spillway.report.tls;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a report of the JSON that others write: an array or a single text for lists, numbers as
 * text, unknown words kept.
 */
final class TlsReportReader {
  private static final int LONGEST = 4_096;
  private static final int MOST = 50_000;

  private final List<String> remarks = new ArrayList<>();

  private TlsReportReader() {}

  static TlsIngest.Outcome read(String text) {
    return switch (JsonTree.read(text)) {
      case JsonTree.Broken(String why) -> new TlsIngest.Refused(why);
      case JsonTree.Tree(Map<String, Object> object) -> new TlsReportReader().report(object);
    };
  }

  private TlsIngest.Outcome report(Map<String, Object> object) {
    List<TlsReport.Policy> policies = new ArrayList<>();
    for (Object one : list(object.get("policies"))) {
      if (one instanceof Map<?, ?> policy && policies.size() < MOST) {
        policies.add(policy(policy));
      }
    }
    if (policies.isEmpty()) {
      return new TlsIngest.Refused("no policies: not a TLS report");
    }
    Map<?, ?> range = map(object.get("date-range"));
    TlsReport report =
        new TlsReport(
            text(object, "organization-name"),
            instant(text(range, "start-datetime"), "start"),
            instant(text(range, "end-datetime"), "end"),
            text(object, "contact-info"),
            text(object, "report-id"),
            policies);
    return new TlsIngest.Taken(report, remarks.stream().distinct().limit(50).toList());
  }

  private TlsReport.Policy policy(Map<?, ?> entry) {
    Map<?, ?> policy = map(entry.get("policy"));
    Map<?, ?> summary = map(entry.get("summary"));
    List<TlsReport.Failure> failures = new ArrayList<>();
    for (Object one : list(entry.get("failure-details"))) {
      if (one instanceof Map<?, ?> failure && failures.size() < MOST) {
        failures.add(failure(failure));
      }
    }
    long failed = count(summary, "total-failure-session-count");
    long detailed = failures.stream().mapToLong(TlsReport.Failure::sessions).sum();
    if (!failures.isEmpty() && detailed != failed) {
      remarks.add("failure details add up to " + detailed + ", the summary says " + failed);
    }
    String host = policy.containsKey("mx-host") ? "mx-host" : "mx-host-pattern";
    return new TlsReport.Policy(
        word(policy, "policy-type"),
        texts(policy.get("policy-string")),
        word(policy, "policy-domain"),
        texts(policy.get(host)),
        count(summary, "total-successful-session-count"),
        failed,
        failures);
  }

  private TlsReport.Failure failure(Map<?, ?> failure) {
    return new TlsReport.Failure(
        word(failure, "result-type"),
        text(failure, "sending-mta-ip"),
        word(failure, "receiving-mx-hostname"),
        text(failure, "receiving-mx-helo"),
        text(failure, "receiving-ip"),
        count(failure, "failed-session-count"),
        text(failure, "additional-information"),
        text(failure, "failure-reason-code"));
  }

  private long count(Map<?, ?> object, String name) {
    String text = text(object, name);
    if (text.matches("[0-9]{1,15}")) {
      return Long.parseLong(text);
    }
    remarks.add(name + " is no number and counts as 0");
    return 0;
  }

  private Instant instant(String text, String which) {
    try {
      return OffsetDateTime.parse(text).toInstant(); // RFC 3339
    } catch (DateTimeException unreadable) {
      remarks.add("date-range has no readable " + which);
      return Instant.EPOCH;
    }
  }

  private static String word(Map<?, ?> object, String name) {
    return text(object, name).toLowerCase(Locale.ROOT);
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text
        ? text.substring(0, Math.min(text.length(), LONGEST))
        : "";
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static List<String> texts(Object value) {
    if (value instanceof String text) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    return list(value).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .limit(1_000)
        .toList();
  }
}
