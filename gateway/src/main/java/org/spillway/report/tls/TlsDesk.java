package org.spillway.report.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.spillway.report.tally.Tally;
import org.spillway.report.tally.TallyFile;

/**
 * Where our TLS reports come from: sessions go in one by one, reports come out once a day is over,
 * one for each policy domain. Whether a domain wants them is asked only then, so that counting
 * costs no look-up.
 */
public final class TlsDesk {
  private static final int MOST_LINES = 100_000;
  private static final long BYTES_A_ROUND = 32 << 20;

  private final Tally tally;
  private final TlsReporter reporter;

  /**
   * A desk.
   *
   * @param tally named {@code tls}
   */
  public TlsDesk(Tally tally, TlsReporter reporter) {
    this.tally = tally;
    this.reporter = reporter;
  }

  /** Counts a session. Never waits. */
  public void saw(TlsSession session) {
    tally.add(TlsLine.of(session));
  }

  /** What was not counted because memory was full. */
  public long dropped() {
    return tally.dropped();
  }

  /** Takes the reports one by one. */
  public interface Taker {
    /** The report about one policy domain; what it throws ends the making of reports. */
    void take(String domain, TlsReport report) throws IOException;
  }

  /** Makes all reports of a day, in rounds when the file is large. */
  public void make(TallyFile file, Taker taker) throws IOException {
    long bytes = Files.exists(file.path()) ? Files.size(file.path()) : 0;
    int rounds = (int) Math.min(1_000, 1 + bytes / BYTES_A_ROUND);
    for (int round = 0; round < rounds; round++) {
      int mine = round;
      TallyFile.Contents contents =
          file.read(
              line -> Math.floorMod(TlsLine.domainOf(line).hashCode(), rounds) == mine, MOST_LINES);
      Map<String, List<TlsLine.Counted>> byDomain = new TreeMap<>();
      contents
          .counts()
          .forEach(
              (line, count) ->
                  TlsLine.read(line, count)
                      .ifPresent(
                          l ->
                              byDomain.computeIfAbsent(l.domain(), _ -> new ArrayList<>()).add(l)));
      for (Map.Entry<String, List<TlsLine.Counted>> one : byDomain.entrySet()) {
        taker.take(one.getKey(), report(file, one.getKey(), one.getValue()));
      }
    }
  }

  private TlsReport report(TallyFile file, String domain, List<TlsLine.Counted> lines) {
    Map<String, List<TlsLine.Counted>> byPolicy = new TreeMap<>();
    lines.forEach(l -> byPolicy.computeIfAbsent(l.head(), _ -> new ArrayList<>()).add(l));
    List<TlsReport.Policy> policies = byPolicy.values().stream().map(TlsDesk::policy).toList();
    return new TlsReport(
        reporter.organization(),
        file.period().begin(), // RFC 8460 §4.1: a full UTC day
        file.period().lastSecond(),
        reporter.from().toString(),
        reportId(file, domain),
        policies);
  }

  private static TlsReport.Policy policy(List<TlsLine.Counted> lines) {
    TlsLine.Counted first = lines.getFirst();
    List<TlsReport.Failure> failures =
        lines.stream()
            .map(TlsLine.Counted::failure)
            .flatMap(Optional::stream)
            .sorted(
                Comparator.comparingLong(TlsReport.Failure::sessions)
                    .reversed()
                    .thenComparing(TlsReport.Failure::type)
                    .thenComparing(TlsReport.Failure::receivingMxHostname))
            .toList();
    long failed = failures.stream().mapToLong(TlsReport.Failure::sessions).sum();
    long all = lines.stream().mapToLong(TlsLine.Counted::count).sum();
    return new TlsReport.Policy(
        first.type(),
        first.strings(),
        first.domain(),
        first.mxHosts(),
        all - failed,
        failed,
        failures);
  }

  /** The same report has the same id whenever it is made (RFC 8460 §5.1: unique-id). */
  private String reportId(TallyFile file, String domain) {
    CRC32C sum = new CRC32C();
    sum.update((domain + "\n" + reporter.submitter()).getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(file.period().begin().getEpochSecond())
        + "x"
        + Long.toHexString(sum.getValue());
  }
}
