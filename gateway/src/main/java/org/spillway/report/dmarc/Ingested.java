package org.spillway.report.dmarc;

import java.util.List;

/** What a report that somebody sent us turned out to be. */
public sealed interface Ingested {
  /**
   * An aggregate report.
   *
   * @param remarks what was wrong and put right or left out; empty when it was sound
   */
  record Aggregate(AggregateReport report, List<String> remarks) implements Ingested {
    public Aggregate {
      remarks = List.copyOf(remarks);
    }
  }

  /** A failure report, with remarks likewise. */
  record Failure(FailureReport report, List<String> remarks) implements Ingested {
    public Failure {
      remarks = List.copyOf(remarks);
    }
  }

  /** Nothing that can be used. */
  record Refused(String why) implements Ingested {}

  /** A text of outside for a reason or a log: printable ASCII, not long. */
  static String printable(String text) {
    String cut = text.substring(0, Math.min(text.length(), 200));
    return cut.replaceAll("[^ -~]", "?");
  }
}
