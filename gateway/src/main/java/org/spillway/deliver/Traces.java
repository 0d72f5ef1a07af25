package org.spillway.deliver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.metrics.Metrics;
import org.spillway.route.Plan;
import org.spillway.route.SiteName;
import org.spillway.route.Spill;
import org.spillway.spool.Disposition;
import org.spillway.store.TraceEvent;
import org.spillway.store.Tracker;

/**
 * Leaves the trace of a turn: plan, attempt and dispositions, one log line for each of the last.
 */
final class Traces {
  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

  private final Tracker tracker;
  private final DispositionLog log;
  private final Metrics metrics;
  private final Times times;

  Traces(Tracker tracker, DispositionLog log, Metrics metrics, Times times) {
    this.tracker = tracker;
    this.log = log;
    this.metrics = metrics;
    this.times = times;
  }

  Delivery track(Delivery delivery) {
    try {
      if (!delivery.settled().isEmpty()) {
        plan(delivery);
        attempts(delivery);
        dispositions(delivery);
      }
    } catch (RuntimeException mistake) {
      LOG.error("no trace of {}", delivery.job().entry().id(), mistake);
    }
    return delivery;
  }

  private void plan(Delivery delivery) {
    Plan plan = delivery.plan();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "steps",
        plan.steps().isEmpty()
            ? words(plan.otherwise())
            : plan.steps().stream().map(s -> s.site().text()).collect(Collectors.joining(", ")));
    plan.leftOut().forEach(out -> facts.put(out.site().text(), out.why() + ": " + out.detail()));
    event(delivery, "plan", delivery.job().recipients(), facts);
  }

  private static String words(Plan.Otherwise otherwise) {
    return switch (otherwise) {
      case Plan.Otherwise.Wait _ -> "none: it waits";
      case Plan.Otherwise.HeldByPolicy held -> "none: held by policy " + held.rules();
      case Plan.Otherwise.Return back -> "none: returned, " + back.status() + " " + back.why();
    };
  }

  private void attempts(Delivery delivery) {
    Map<Outcome, List<Integer>> alike = new LinkedHashMap<>();
    delivery.outcomes().forEach((i, o) -> alike.computeIfAbsent(o, k -> new ArrayList<>(1)).add(i));
    alike.forEach(
        (outcome, recipients) -> {
          Map<String, String> facts = new LinkedHashMap<>();
          facts.put("site", delivery.step().site().text());
          facts.put("hop", outcome.hop());
          facts.put("outcome", outcome.getClass().getSimpleName());
          facts.put("reply", outcome.why());
          event(delivery, "attempt", recipients, facts);
          metrics.count(
              "spillway_attempts_total",
              "site",
              delivery.step().site().text(),
              "outcome",
              outcome.getClass().getSimpleName());
        });
  }

  private void dispositions(Delivery delivery) {
    Job job = delivery.job();
    Optional<SiteName> site =
        delivery.outcomes().isEmpty() ? Optional.empty() : Optional.of(delivery.step().site());
    delivery
        .settled()
        .forEach(
            (i, settled) -> {
              Outcome outcome = delivery.outcomes().get(i);
              String hop = outcome == null ? "" : outcome.hop();
              log.write(
                  new DispositionLog.Line(job.entry(), i, settled.now(), site, hop, job.age()));
              event(delivery, "disposition", List.of(i), facts(settled.now()));
              metrics.count(
                  "spillway_dispositions_total",
                  "disposition",
                  settled.now().getClass().getSimpleName(),
                  "site",
                  site.map(SiteName::text).orElse(""));
            });
  }

  private static Map<String, String> facts(Disposition now) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("disposition", now.getClass().getSimpleName());
    switch (now) {
      case Disposition.Waiting it -> {
        facts.put("why", it.why());
        facts.put("attempts", Integer.toString(it.attempts()));
        facts.put("notBefore", it.notBefore().toString());
        it.unknownAt().ifPresent(site -> facts.put("unknownAt", site.text()));
      }
      case Disposition.Held it -> facts.put("why", it.why() + " " + it.detail());
      case Disposition.Delivered it -> {
        facts.put("site", it.site().text());
        facts.put("hop", it.hop());
        facts.put("relayed", Boolean.toString(it.relayed()));
        it.spill().ifPresent(spill -> put(facts, spill));
      }
      case Disposition.Bounced it -> {
        facts.put("status", it.status());
        facts.put("why", it.why());
      }
      case Disposition.Expired it -> facts.put("why", it.why());
      case Disposition.Quarantined it -> facts.put("why", it.why());
      case Disposition.Discarded it -> facts.put("why", it.by() + ": " + it.why());
    }
    return facts;
  }

  private static void put(Map<String, String> facts, Spill spill) {
    facts.put("spillFrom", spill.from().text());
    facts.put("spillTo", spill.to().text());
    facts.put("spillWhy", spill.why());
    facts.put("spillAllowedBy", spill.allowedBy());
  }

  private void event(
      Delivery delivery, String kind, List<Integer> recipients, Map<String, String> facts) {
    var envelope = delivery.job().entry().envelope();
    List<String> addresses =
        recipients.stream().map(i -> envelope.recipients().get(i).address().toString()).toList();
    tracker.track(new TraceEvent(times.now(), delivery.job().entry().id(), kind, addresses, facts));
  }
}
