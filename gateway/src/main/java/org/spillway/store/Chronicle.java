package org.spillway.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spillway.log.EventLog;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.route.Plan;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Says what happened, once for all who listen: a line in the log, an event in the trace and a count
 * in the metrics, in the same words. Cheap, and never fails its caller.
 */
public final class Chronicle {
  private final EventLog log;
  private final DispositionLine lines;
  private final Tracker tracker;
  private final Metrics metrics;
  private final InstantSource clock;

  /** Tells the log, the trace and the metrics. */
  public Chronicle(EventLog log, Tracker tracker, Metrics metrics, InstantSource clock) {
    this.log = log;
    this.lines = new DispositionLine(log);
    this.tracker = tracker;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** A message is safe. Recipients that do not simply wait have their disposition told too. */
  public void accepted(Entry entry) {
    TraceEvent event = TraceEvents.accepted(entry, clock.instant());
    tracker.track(event);
    EventLog.Line line = log.line("accepted").put("id", entry.id().toString());
    event.facts().forEach(line::put);
    line.put("rcpts", event.recipients().size()).write();
    metrics.count(
        "spillway_messages_accepted_total",
        Facts.DIRECTION,
        event.facts().getOrDefault(Facts.DIRECTION, ""));
    Map<Integer, Disposition> special = new LinkedHashMap<>();
    for (int i = 0; i < entry.standings().size(); i++) {
      if (!(entry.standings().get(i) instanceof Disposition.Waiting)) {
        special.put(i, entry.standings().get(i));
      }
    }
    if (!special.isEmpty()) {
      settled(entry, special);
    }
  }

  /**
   * Where recipients will be tried, and every site left out with its reason.
   *
   * @param recipients indexes into the envelope
   */
  public void planned(Entry entry, List<Integer> recipients, Plan plan) {
    Map<String, String> facts = new LinkedHashMap<>();
    plan.steps()
        .forEach(
            step ->
                facts.put(
                    "step-" + (facts.size() + 1),
                    step.site() + step.spill().map(s -> " spill from " + s.from()).orElse("")));
    plan.leftOut()
        .forEach(
            out ->
                facts.put(
                    "not-" + out.site(),
                    out.why().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (out.detail().isEmpty() ? "" : ": " + out.detail())));
    if (plan.steps().isEmpty()) {
      facts.put("otherwise", otherwise(plan.otherwise()));
    }
    track(entry.id(), "plan", addresses(entry, recipients), facts);
  }

  private static String otherwise(Plan.Otherwise otherwise) {
    return switch (otherwise) {
      case Plan.Otherwise.Wait w -> "wait until " + w.lookAgain() + ": " + w.why();
      case Plan.Otherwise.HeldByPolicy h -> "held by " + String.join(", ", h.rules());
      case Plan.Otherwise.Return r -> "return " + r.status() + ": " + r.why();
    };
  }

  /**
   * An attempt came to something.
   *
   * @param facts site, hop, outcome and why, in the order to show them
   */
  public void attempted(Entry entry, List<Integer> recipients, Map<String, String> facts) {
    track(entry.id(), "attempt", addresses(entry, recipients), facts);
  }

  /**
   * Anything else about a message, for example what an admin did.
   *
   * @param recipients addresses; empty for all
   */
  public void track(EntryId id, String kind, List<String> recipients, Map<String, String> facts) {
    tracker.track(new TraceEvent(clock.instant(), id, kind, recipients, facts));
  }

  /**
   * Recipients came to another disposition: the one structured line for each, and the trace.
   *
   * @param entry as it was before
   * @param now by index
   */
  public void settled(Entry entry, Map<Integer, Disposition> now) {
    Map<Map<String, String>, List<String>> same = new LinkedHashMap<>();
    now.forEach(
        (index, standing) -> {
          String address = entry.envelope().recipients().get(index).address().toString();
          Map<String, String> facts = Words.facts(standing);
          lines.write(entry, index, standing);
          count(entry, index, facts);
          same.computeIfAbsent(facts, _ -> new ArrayList<>(1)).add(address);
        });
    Instant at = clock.instant();
    same.forEach(
        (facts, addresses) ->
            tracker.track(new TraceEvent(at, entry.id(), "disposition", addresses, facts)));
  }

  private void count(Entry entry, int index, Map<String, String> facts) {
    metrics.count(
        "spillway_dispositions_total",
        Facts.STATUS,
        facts.getOrDefault(Facts.STATUS, ""),
        Facts.DIRECTION,
        DispositionLine.direction(entry, index));
  }

  private static List<String> addresses(Entry entry, List<Integer> recipients) {
    return recipients.size() == entry.envelope().recipients().size()
        ? List.of()
        : recipients.stream()
            .map(i -> entry.envelope().recipients().get(i).address().toString())
            .toList();
  }
}
