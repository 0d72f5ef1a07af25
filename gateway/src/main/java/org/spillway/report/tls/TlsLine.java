package org.spillway.report.tls;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.spillway.report.tally.Columns;

/** A session as one line to be counted, and back. */
final class TlsLine {
  /** What a line says: the policy, and the failure if it was one. */
  record Counted(
      String domain,
      String type,
      List<String> strings,
      List<String> mxHosts,
      Optional<TlsReport.Failure> failure,
      long count) {
    /** Lines with the same head belong to one policy of a report. */
    String head() {
      return type + "\n" + strings + "\n" + mxHosts;
    }
  }

  private TlsLine() {}

  static String of(TlsSession session) {
    List<String> columns = new ArrayList<>();
    columns.add(session.domain().name());
    columns.add(session.policy().word());
    list(columns, session.strings());
    list(columns, session.mxHosts());
    List<String> failure = new ArrayList<>();
    session
        .failure()
        .ifPresent(
            f ->
                failure.addAll(
                    List.of(
                        f.type().word(),
                        f.sendingMtaIp(),
                        f.receivingMxHostname(),
                        f.receivingMxHelo(),
                        f.receivingIp(),
                        f.reasonCode())));
    list(columns, failure);
    return Columns.join(columns);
  }

  private static void list(List<String> columns, List<String> texts) {
    columns.add(Integer.toString(texts.size()));
    columns.addAll(texts);
  }

  static String domainOf(String line) {
    int tab = line.indexOf('\t');
    return tab < 0 ? line : line.substring(0, tab);
  }

  /** Empty when the line is not one of ours. */
  static Optional<Counted> read(String line, long count) {
    Iterator<String> in = Columns.split(line).iterator();
    try {
      String domain = in.next();
      String type = in.next();
      List<String> strings = list(in);
      List<String> mxHosts = list(in);
      List<String> f = list(in);
      Optional<TlsReport.Failure> failure =
          f.size() < 6
              ? Optional.empty()
              : Optional.of(
                  new TlsReport.Failure(
                      f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), count, "", f.get(5)));
      return Optional.of(new Counted(domain, type, strings, mxHosts, failure, count));
    } catch (NoSuchElementException | NumberFormatException foreign) {
      return Optional.empty(); // written by another version
    }
  }

  private static List<String> list(Iterator<String> in) {
    int size = Integer.parseInt(in.next());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(in.next());
    }
    return texts;
  }
}
