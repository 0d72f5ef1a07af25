package org.spillway.deliver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Disposition;
import org.spillway.store.Chronicle;

/** Leaves the trace of a turn: plan, attempt and dispositions. */
final class Traces {
  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

  private final Chronicle chronicle;
  private final Metrics metrics;

  Traces(Chronicle chronicle, Metrics metrics) {
    this.chronicle = chronicle;
    this.metrics = metrics;
  }

  Delivery track(Delivery delivery) {
    try {
      if (!delivery.settled().isEmpty()) {
        Job job = delivery.job();
        chronicle.planned(job.entry(), job.recipients(), delivery.plan());
        attempts(delivery);
        Map<Integer, Disposition> now = new LinkedHashMap<>();
        delivery.settled().forEach((i, settled) -> now.put(i, settled.now()));
        chronicle.settled(job.entry(), now);
      }
    } catch (RuntimeException mistake) {
      LOG.error("no trace of {}", delivery.job().entry().id(), mistake);
    }
    return delivery;
  }

  private void attempts(Delivery delivery) {
    Map<Outcome, List<Integer>> alike = new LinkedHashMap<>();
    delivery.outcomes().forEach((i, o) -> alike.computeIfAbsent(o, _ -> new ArrayList<>(1)).add(i));
    alike.forEach((outcome, recipients) -> attempt(delivery, outcome, recipients));
  }

  private void attempt(Delivery delivery, Outcome outcome, List<Integer> recipients) {
    String site = delivery.step().site().text();
    String word = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("site", site);
    facts.put("hop", outcome.hop());
    facts.put("outcome", word);
    facts.put("reply", outcome.why());
    chronicle.attempted(delivery.job().entry(), recipients, facts);
    metrics.count("spillway_attempts_total", "site", site, "outcome", word);
  }
}
