package org.spillway.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.spillway.spool.Disposition;

/** How a recipient stands, as the columns hold it. */
record Standing(String status, String site, String spilledFrom, String why, long changedMillis) {
  private static final Set<String> WORDS =
      Set.of("waiting", "held", "delivered", "bounced", "expired", "quarantined", "discarded");

  static Standing waiting(Instant since) {
    return new Standing("waiting", "", "", "", since.toEpochMilli());
  }

  /** The standing that an event tells of; empty when it tells of none. */
  static Optional<Standing> of(TraceEvent event) {
    return Stream.of("disposition", Facts.STATUS)
        .map(key -> event.facts().getOrDefault(key, "").toLowerCase(Locale.ROOT))
        .filter(WORDS::contains)
        .findFirst()
        .map(word -> of(word, event.facts(), event.at()));
  }

  static Standing of(Disposition standing) {
    return of(Words.status(standing), Words.facts(standing), standing.at());
  }

  private static Standing of(String word, Map<String, String> facts, Instant at) {
    String why = facts.getOrDefault(Facts.WHY, facts.getOrDefault(Facts.REPLY, ""));
    return new Standing(
        word,
        Clean.column(facts.getOrDefault(Facts.SITE, ""), 63),
        Clean.column(facts.getOrDefault(Facts.SPILL_FROM, ""), 63),
        Clean.column(why, 500),
        at.toEpochMilli());
  }
}
