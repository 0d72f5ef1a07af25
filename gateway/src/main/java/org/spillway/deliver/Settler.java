package org.spillway.deliver;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.report.Reporter;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;
import org.spillway.spool.Spool;

/** Turns outcomes into dispositions, stores them, and then lets the sender know. */
final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final RetrySchedule schedule;
  private final Spool spool;
  private final Reporter reporter;
  private final Times times;

  Settler(RetrySchedule schedule, Spool spool, Reporter reporter, Times times) {
    this.schedule = schedule;
    this.spool = spool;
    this.reporter = reporter;
    this.times = times;
  }

  /** After an attempt. */
  Delivery judge(Delivery delivery) {
    return delivery.withSettled(Settlement.ofOutcomes(schedule, delivery, times.now()));
  }

  /** Where the plan had no step. */
  Delivery judgePlan(Delivery delivery) {
    return delivery.withSettled(Settlement.ofPlan(schedule, delivery, times.now()));
  }

  /** Stores how the recipients stand. */
  Delivery store(Delivery delivery) {
    if (!delivery.settled().isEmpty()) {
      Map<Integer, Disposition> standings = new HashMap<>();
      delivery.settled().forEach((i, settled) -> standings.put(i, settled.now()));
      try {
        spool.settle(delivery.job().entry().id(), standings);
      } catch (IOException | RuntimeException broken) {
        // What is not stored may be tried once more after a restart: a duplicate, never a loss.
        LOG.error("standing of {} not stored", delivery.job().entry().id(), broken);
      }
    }
    return delivery;
  }

  /** Tells the sender of what is final, and of what takes long. */
  Delivery report(Delivery delivery) {
    Map<Integer, Disposition> ended = new HashMap<>();
    TreeSet<Integer> late = new TreeSet<>();
    String why = "";
    for (Map.Entry<Integer, Settled> each : delivery.settled().entrySet()) {
      Settled settled = each.getValue();
      if (settled.now().isFinal()) {
        ended.put(each.getKey(), settled.now());
      } else if (settled.delayed() && settled.now() instanceof Disposition.Waiting waiting) {
        late.add(each.getKey());
        why = waiting.why();
      }
    }
    tell(delivery.job().entry(), ended, new Late(late, why));
    return delivery;
  }

  private record Late(Set<Integer> recipients, String why) {}

  /** A mistake here must not undo what is already settled. */
  private void tell(Entry entry, Map<Integer, Disposition> ended, Late late) {
    try {
      if (!ended.isEmpty()) {
        reporter.settled(entry, ended);
      }
      if (!late.recipients().isEmpty()) {
        reporter.delayed(entry, late.recipients(), late.why());
      }
    } catch (RuntimeException mistake) {
      LOG.error("the sender of {} was not told", entry.id(), mistake);
    }
  }
}
