package org.spillway.report.dmarc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.spillway.auth.dmarc.DkimIdentity;
import org.spillway.auth.dmarc.DmarcRecord;
import org.spillway.auth.dmarc.DmarcResult;
import org.spillway.auth.dmarc.DmarcResult.Mechanism;
import org.spillway.auth.dmarc.Policy;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.auth.dmarc.ReportUri;
import org.spillway.report.dmarc.AggregateReport.DkimAuth;
import org.spillway.report.dmarc.AggregateReport.PolicyPublished;
import org.spillway.report.dmarc.AggregateReport.Reason;
import org.spillway.report.dmarc.AggregateReport.Row;
import org.spillway.report.dmarc.AggregateReport.SpfAuth;
import org.spillway.report.tally.Columns;

/** A message as one line to be counted, and a counted line as a row of a report. */
final class RowLine {
  private static final int MOST_SIGNATURES = 20;

  /** What a line says beside the row: for whom the report is. */
  record Counted(PolicyPublished policy, List<String> rua, List<String> errors, Row row) {
    /** Rows with the same head stand in one report. */
    String head() {
      return policy + "\n" + rua + "\n" + errors;
    }
  }

  private RowLine() {}

  /** The policy domain of a line, without reading the rest. */
  static String domainOf(String line) {
    int tab = line.indexOf('\t');
    return tab < 0 ? line : line.substring(0, tab);
  }

  /** Empty when nobody asked for a report (RFC 9989 §4.7 rua). */
  static Optional<String> of(Seen seen) {
    Optional<DmarcResult.Published> published = seen.result().published();
    if (published.isEmpty() || published.get().record().rua().isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>(40);
    policy(columns, published.get());
    row(columns, seen);
    return Optional.of(Columns.join(columns));
  }

  private static void policy(List<String> columns, DmarcResult.Published published) {
    DmarcRecord record = published.record();
    columns.add(published.at().name());
    columns.add(record.p().word());
    columns.add(record.forSubdomains().word());
    columns.add(record.forMissing().word());
    columns.add(record.adkim().letter());
    columns.add(record.aspf().letter());
    columns.add(record.fo());
    columns.add(record.testing() ? "y" : "n");
    list(columns, record.rua().stream().map(RowLine::uri).toList());
    list(columns, record.remarks());
  }

  private static String uri(ReportUri uri) {
    return uri.mostBytes().isPresent()
        ? uri.text() + "!" + uri.mostBytes().getAsLong()
        : uri.text();
  }

  private static void row(List<String> columns, Seen seen) {
    DmarcResult result = seen.result();
    columns.add(seen.client().getHostAddress());
    columns.add(disposition(result, seen.handling()));
    columns.add(result.aligned(Mechanism.DKIM) ? "pass" : "fail");
    columns.add(result.aligned(Mechanism.SPF) ? "pass" : "fail");
    columns.add(result.author().orElseThrow().name());
    columns.add(seen.reversePath().address().map(a -> a.domain().name()).orElse(""));
    List<String> reasons = new ArrayList<>();
    for (PolicyOverride override : seen.handling().overrides()) {
      reasons.add(override.type().word());
      reasons.add(override.comment());
    }
    list(columns, reasons);
    List<String> dkim = new ArrayList<>();
    for (DkimIdentity signature : inOrder(seen.dkim(), result)) {
      dkim.addAll(List.of(signature.domain().name(), signature.selector(), signature.result()));
    }
    list(columns, dkim);
    List<String> spf = new ArrayList<>();
    seen.spf().ifPresent(one -> spf.addAll(List.of(one.domain().name(), one.result())));
    list(columns, spf);
  }

  /** RFC 9990 §3.1.3: aligned ones first, then those that pass, then the others. */
  private static List<DkimIdentity> inOrder(List<DkimIdentity> dkim, DmarcResult result) {
    return dkim.stream()
        .sorted(
            Comparator.comparingInt(
                (DkimIdentity one) -> {
                  boolean same = result.author().filter(one.domain()::equals).isPresent();
                  boolean aligned =
                      result
                          .aligned()
                          .contains(new DmarcResult.Aligned(Mechanism.DKIM, one.domain()));
                  return !one.passed() ? 3 : same ? 0 : aligned ? 1 : 2;
                }))
        .limit(MOST_SIGNATURES)
        .toList();
  }

  /** RFC 9990 appendix A: pass is no action on mail that passes an enforcing policy. */
  private static String disposition(DmarcResult result, PolicyOverride.Handling handling) {
    return switch (result.word()) {
      case PASS -> result.requested() == Policy.NONE ? "none" : "pass";
      case FAIL -> handling.disposition().word();
      case NONE, TEMPERROR, PERMERROR -> "none";
    };
  }

  private static void list(List<String> columns, List<String> texts) {
    columns.add(Integer.toString(texts.size()));
    columns.addAll(texts);
  }

  /** Reads a line back; empty when it is not one of ours. */
  static Optional<Counted> read(String line, long count) {
    try {
      return Optional.of(read(Columns.split(line).iterator(), count));
    } catch (NoSuchElementException | NumberFormatException foreign) {
      return Optional.empty(); // written by another version
    }
  }

  private static Counted read(Iterator<String> in, long count) {
    String domain = in.next();
    String p = in.next();
    String sp = in.next();
    String np = in.next();
    String adkim = in.next();
    String aspf = in.next();
    String fo = in.next();
    String testing = in.next();
    PolicyPublished policy =
        new PolicyPublished(domain, p, sp, np, adkim, aspf, fo, testing, "treewalk", "");
    List<String> rua = list(in);
    List<String> errors = list(in);
    String ip = in.next();
    String disposition = in.next();
    String dkimAligned = in.next();
    String spfAligned = in.next();
    String headerFrom = in.next();
    Optional<String> envelopeFrom = Optional.of(in.next());
    Row row =
        new Row(
            ip,
            count,
            disposition,
            dkimAligned,
            spfAligned,
            reasons(list(in).iterator()),
            headerFrom,
            envelopeFrom,
            "", // RFC 9990 §6: the recipient's domain tells more than is needed
            dkim(list(in).iterator()),
            spf(list(in).iterator()));
    return new Counted(policy, rua, errors, row);
  }

  private static List<String> list(Iterator<String> in) {
    int size = Integer.parseInt(in.next());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(in.next());
    }
    return texts;
  }

  private static List<Reason> reasons(Iterator<String> in) {
    List<Reason> reasons = new ArrayList<>();
    while (in.hasNext()) {
      reasons.add(new Reason(in.next(), in.next()));
    }
    return reasons;
  }

  private static List<DkimAuth> dkim(Iterator<String> in) {
    List<DkimAuth> signatures = new ArrayList<>();
    while (in.hasNext()) {
      signatures.add(new DkimAuth(in.next(), in.next(), in.next(), ""));
    }
    return signatures;
  }

  private static List<SpfAuth> spf(Iterator<String> in) {
    List<SpfAuth> results = new ArrayList<>();
    while (in.hasNext()) {
      results.add(new SpfAuth(in.next(), "mfrom", in.next(), "")); // RFC 9990 §3.1.1.13
    }
    return results;
  }
}
