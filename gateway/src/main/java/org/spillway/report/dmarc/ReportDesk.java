package org.spillway.report.dmarc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spillway.auth.dmarc.DmarcRecord;
import org.spillway.auth.dmarc.ReportUri;
import org.spillway.auth.dmarc.Rules;
import org.spillway.report.dmarc.AggregateReport.Metadata;
import org.spillway.report.dmarc.AggregateReport.Row;
import org.spillway.report.tally.Tally;
import org.spillway.report.tally.TallyFile;

/**
 * Where our aggregate reports come from: messages go in one by one, reports come out once a period
 * is over. Counting costs a line of text and a map look-up.
 */
public final class ReportDesk {
  private static final int MOST_ROWS = 100_000;
  private static final long BYTES_A_ROUND = 32 << 20;

  private final Tally tally;
  private final Reporter reporter;

  /**
   * A desk.
   *
   * @param tally named {@code dmarc}
   */
  public ReportDesk(Tally tally, Reporter reporter) {
    this.tally = tally;
    this.reporter = reporter;
  }

  /** Counts a message, when its domain asked for reports. Never waits. */
  public void saw(Seen seen) {
    RowLine.of(seen).ifPresent(tally::add);
  }

  /**
   * A report that is due.
   *
   * @param rua as published
   */
  public record Due(AggregateReport report, List<ReportUri> rua) {}

  /** Takes the reports one by one. */
  public interface Taker {
    /** One report; what it throws ends the making of reports. */
    void take(Due due) throws IOException;
  }

  /**
   * Makes all reports of a period, one for each policy domain and policy (RFC 9990 §3.1). A large
   * file is read in rounds, so that memory stays bounded; a report of more than 100,000 rows is cut
   * and says so.
   */
  public void make(TallyFile file, Taker taker) throws IOException {
    long bytes = Files.exists(file.path()) ? Files.size(file.path()) : 0;
    int rounds = (int) Math.min(1_000, 1 + bytes / BYTES_A_ROUND);
    for (int round = 0; round < rounds; round++) {
      int mine = round;
      TallyFile.Contents contents =
          file.read(
              line -> Math.floorMod(RowLine.domainOf(line).hashCode(), rounds) == mine, MOST_ROWS);
      for (Due due : reports(file, contents)) {
        taker.take(due);
      }
    }
  }

  private List<Due> reports(TallyFile file, TallyFile.Contents contents) {
    Map<String, List<RowLine.Counted>> byHead = new TreeMap<>();
    contents
        .counts()
        .forEach(
            (line, count) ->
                RowLine.read(line, count)
                    .ifPresent(
                        row ->
                            byHead.computeIfAbsent(row.head(), _ -> new ArrayList<>()).add(row)));
    List<Due> due = new ArrayList<>();
    byHead.forEach((head, rows) -> due.add(report(file, head, rows, contents.dropped())));
    return due;
  }

  private Due report(TallyFile file, String head, List<RowLine.Counted> lines, long dropped) {
    RowLine.Counted first = lines.getFirst();
    List<String> errors = new ArrayList<>(first.errors());
    if (dropped > 0) {
      errors.add("too many rows: some of this receiver's counts are left out");
    }
    Metadata metadata =
        new Metadata(
            reporter.organization(),
            reporter.from().toString(),
            reporter.extraContact(),
            reportId(file, head),
            file.period().begin(),
            file.period().lastSecond(),
            errors,
            reporter.generator());
    List<Row> rows =
        lines.stream()
            .map(RowLine.Counted::row)
            .sorted(Comparator.comparingLong(Row::count).reversed().thenComparing(Row::sourceIp))
            .toList();
    List<ReportUri> rua = uris(first.rua());
    return new Due(new AggregateReport("1.0", metadata, first.policy(), rows), rua);
  }

  private static List<ReportUri> uris(List<String> texts) {
    String record = "v=DMARC1; p=none; rua=" + String.join(",", texts);
    return switch (DmarcRecord.parse(record, Rules.RFC9989)) {
      case DmarcRecord.Valid(DmarcRecord read) -> read.rua();
      case DmarcRecord.Invalid _, DmarcRecord.Foreign _ -> List.of();
    };
  }

  /** The same report has the same id whenever it is made (RFC 9990 §3.5.1, §3.5.2). */
  private String reportId(TallyFile file, String head) {
    String all = reporter.submitter() + "\n" + file.period() + "\n" + head;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JDK has it
    }
  }

  /** What was not counted because memory was full. */
  public long dropped() {
    return tally.dropped();
  }
}
