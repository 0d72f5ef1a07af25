package org.spillway.report.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.AddressLiteral;
import org.spillway.report.dmarc.AggregateReport.DkimAuth;
import org.spillway.report.dmarc.AggregateReport.Reason;
import org.spillway.report.dmarc.AggregateReport.Row;
import org.spillway.report.dmarc.AggregateReport.SpfAuth;

/** Makes a row of a record element, and says what had to be put right. */
final class RowReader {
  private static final Set<String> DISPOSITIONS = Set.of("none", "pass", "quarantine", "reject");
  private static final int MOST_RESULTS = 100; // RFC 9990 §3.1.3
  private static final int MOST_REMARKS = 100;

  private final List<String> remarks;

  RowReader(List<String> remarks) {
    this.remarks = remarks;
  }

  /** Empty when the row counts nothing. */
  Optional<Row> read(Elements record) {
    Elements row = record.child("row");
    Elements evaluated = row.child("policy_evaluated");
    Elements identifiers = identifiers(record);
    Elements results = record.child("auth_results");
    Optional<Long> count = count(row.text("count"));
    String ip = row.text("source_ip");
    if (count.isEmpty()) {
      remark("a record has no readable count and is left out");
      return Optional.empty();
    }
    if (AddressLiteral.ip(ip).isEmpty()) {
      remark("source_ip is no address");
    }
    return Optional.of(
        new Row(
            ip,
            count.get(),
            disposition(evaluated.text("disposition")),
            passOrFail(evaluated, "dkim"),
            passOrFail(evaluated, "spf"),
            reasons(evaluated),
            lower(identifiers.text("header_from")),
            identifiers.has("envelope_from")
                ? Optional.of(lower(identifiers.text("envelope_from")))
                : Optional.empty(),
            lower(identifiers.text("envelope_to")),
            dkim(results),
            spf(results)));
  }

  /** RFC 7489 drafts called them identities. */
  private static Elements identifiers(Elements record) {
    return record.has("identifiers") ? record.child("identifiers") : record.child("identities");
  }

  private static Optional<Long> count(String text) {
    return text.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private String disposition(String text) {
    String word = word(text);
    if (DISPOSITIONS.contains(word)) {
      return word;
    }
    remark("disposition is none of the four and counts as none");
    return "none";
  }

  private String passOrFail(Elements evaluated, String which) {
    String word = word(evaluated.text(which));
    if (word.equals("pass") || word.equals("fail")) {
      return word;
    }
    remark("policy_evaluated has no pass or fail for " + which + "; counts as fail");
    return "fail";
  }

  private List<Reason> reasons(Elements evaluated) {
    List<Reason> reasons = new ArrayList<>();
    for (Elements reason : evaluated.all("reason")) {
      String type = word(reason.text("type"));
      if (type.isEmpty() && reason.text("comment").isEmpty()) {
        remark("an empty reason is left out");
      } else if (reasons.size() < MOST_RESULTS) {
        reasons.add(new Reason(type.isEmpty() ? "other" : type, reason.text("comment")));
      }
    }
    return reasons;
  }

  private List<DkimAuth> dkim(Elements results) {
    return results.all("dkim").stream()
        .limit(MOST_RESULTS)
        .map(
            one ->
                new DkimAuth(
                    lower(one.text("domain")),
                    one.text("selector"),
                    result(one.text("result")),
                    one.text("human_result")))
        .toList();
  }

  private List<SpfAuth> spf(Elements results) {
    return results.all("spf").stream()
        .limit(MOST_RESULTS)
        .map(
            one ->
                new SpfAuth(
                    lower(one.text("domain")),
                    lower(one.text("scope")),
                    result(one.text("result")),
                    one.text("human_result")))
        .toList();
  }

  /** RFC 7489 appendix C: some say unknown and error for temperror and permerror. */
  private String result(String text) {
    return switch (word(text)) {
      case "" -> "none";
      case "unknown" -> "temperror";
      case "error" -> "permerror";
      case String word -> word;
    };
  }

  private String word(String text) {
    String lower = lower(text);
    if (!lower.equals(text)) {
      remark("words in capitals");
    }
    return lower;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private void remark(String what) {
    if (remarks.size() < MOST_REMARKS && !remarks.contains(what)) {
      remarks.add(what);
    }
  }
}
