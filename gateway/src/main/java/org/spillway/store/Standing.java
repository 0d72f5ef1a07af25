package org.spillway.store;

import java.time.Instant;
import java.util.Map;
import org.spillway.spool.Disposition;

/** How a recipient stands, as the columns hold it. */
record Standing(String status, String site, String spilledFrom, String why, long changedMillis) {

  static Standing waiting(Instant since) {
    return new Standing("waiting", "", "", "", since.toEpochMilli());
  }

  static Standing of(TraceEvent event) {
    return of(event.facts(), event.at());
  }

  static Standing of(Disposition standing) {
    return of(Words.facts(standing), standing.at());
  }

  private static Standing of(Map<String, String> facts, Instant at) {
    String why = facts.getOrDefault(Facts.WHY, facts.getOrDefault(Facts.REPLY, ""));
    return new Standing(
        Clean.column(facts.getOrDefault(Facts.STATUS, "waiting"), 12),
        Clean.column(facts.getOrDefault(Facts.SITE, ""), 63),
        Clean.column(facts.getOrDefault(Facts.SPILL_FROM, ""), 63),
        Clean.column(why, 500),
        at.toEpochMilli());
  }
}
