package org.spillway.report.dmarc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An aggregate report, ours or of others (RFC 9990 §3.1). Words from outside are kept as they came,
 * in lower case where the RFC has a fixed set.
 *
 * @param version of the format; empty when not said
 */
public record AggregateReport(
    String version, Metadata metadata, PolicyPublished policy, List<Row> rows) {
  public AggregateReport {
    rows = List.copyOf(rows);
  }

  /** How many messages it counts. */
  public long messages() {
    return rows.stream().mapToLong(Row::count).sum();
  }

  /**
   * Who reports about when (RFC 9990 §3.1.1.3).
   *
   * @param end the last second of the period
   * @param errors met with the policy record
   */
  public record Metadata(
      String organization,
      String email,
      String extraContact,
      String reportId,
      Instant begin,
      Instant end,
      List<String> errors,
      String generator) {
    public Metadata {
      errors = List.copyOf(errors);
    }
  }

  /**
   * The policy that was found (RFC 9990 §3.1.1.5); empty text where not said.
   *
   * @param testing y or n
   * @param discovery psl or treewalk
   * @param percent pct of RFC 7489
   */
  public record PolicyPublished(
      String domain,
      String p,
      String sp,
      String np,
      String adkim,
      String aspf,
      String fo,
      String testing,
      String discovery,
      String percent) {}

  /**
   * Messages that are alike (RFC 9990 §3.1.1.7 and following).
   *
   * @param disposition none, pass, quarantine or reject
   * @param dkimAligned pass or fail
   * @param spfAligned pass or fail
   * @param envelopeFrom empty when it was the null reverse-path; absent when not said
   * @param envelopeTo empty when not said
   */
  public record Row(
      String sourceIp,
      long count,
      String disposition,
      String dkimAligned,
      String spfAligned,
      List<Reason> reasons,
      String headerFrom,
      Optional<String> envelopeFrom,
      String envelopeTo,
      List<DkimAuth> dkim,
      List<SpfAuth> spf) {
    public Row {
      reasons = List.copyOf(reasons);
      dkim = List.copyOf(dkim);
      spf = List.copyOf(spf);
    }

    /** The same with another count. */
    Row counted(long number) {
      return new Row(
          sourceIp,
          number,
          disposition,
          dkimAligned,
          spfAligned,
          reasons,
          headerFrom,
          envelopeFrom,
          envelopeTo,
          dkim,
          spf);
    }
  }

  /** Why the policy was not applied as published (RFC 9990 §3.1.6). */
  public record Reason(String type, String comment) {}

  /** What DKIM said of one signature. */
  public record DkimAuth(String domain, String selector, String result, String human) {}

  /** What SPF said. */
  public record SpfAuth(String domain, String scope, String result, String human) {}
}
