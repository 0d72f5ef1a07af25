package org.spillway.store;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.spillway.log.EventLog;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** The one structured log line of a recipient's disposition, in the words of the trace. */
public final class DispositionLine {
  private static final List<String> FIRST =
      List.of(Facts.STATUS, Facts.SITE, Facts.HOP, Facts.SPILL_FROM, Facts.CODE);

  private final EventLog log;

  /** Lines into a log. */
  public DispositionLine(EventLog log) {
    this.log = log;
  }

  /**
   * Writes the line.
   *
   * @param entry as it was before
   * @param index which recipient
   * @param now how it stands now
   */
  public void write(Entry entry, int index, Disposition now) {
    write(entry, index, now, Optional.empty());
  }

  /**
   * Writes the line.
   *
   * @param tried the site of the last attempt, for dispositions that name none
   */
  public void write(Entry entry, int index, Disposition now, Optional<SiteName> tried) {
    Map<String, String> facts = Words.facts(now);
    tried.ifPresent(site -> facts.putIfAbsent(Facts.SITE, site.text()));
    EventLog.Line line =
        log.line("disposition")
            .put("id", entry.id().toString())
            .put("rcpt", entry.envelope().recipients().get(index).address().toString())
            .put("from", "<" + entry.envelope().from() + ">")
            .put("direction", direction(entry, index));
    FIRST.forEach(key -> line.put(key, facts.getOrDefault(key, "")));
    line.put("why", facts.getOrDefault(Facts.WHY, ""))
        .put("reply", facts.getOrDefault(Facts.REPLY, ""))
        .put("attempts", attempts(entry.standings().get(index), now))
        .put("delay", delay(entry, now))
        .put("size", entry.facts().sizeBytes())
        .write();
  }

  /** The way of one recipient, in lower case. */
  static String direction(Entry entry, int index) {
    return entry.decision().copies().stream()
        .filter(copy -> copy.recipients().contains(index))
        .findFirst()
        .map(copy -> copy.direction())
        .orElse(entry.direction())
        .name()
        .toLowerCase(Locale.ROOT);
  }

  private static int attempts(Disposition before, Disposition now) {
    if (now instanceof Disposition.Waiting waiting) {
      return waiting.attempts();
    }
    int tried = before instanceof Disposition.Waiting waiting ? waiting.attempts() : 0;
    return now instanceof Disposition.Delivered || now instanceof Disposition.Bounced
        ? tried + 1
        : tried;
  }

  /** Seconds since accept; never negative, whatever the clock did. */
  private static long delay(Entry entry, Disposition now) {
    return Math.max(0, Duration.between(entry.id().instant(), now.at()).toSeconds());
  }
}
