package org.spillway.deliver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.Reply;
import org.spillway.route.Site;
import org.spillway.spool.Spool;

/**
 * Lets the courier carry the copy to the site of the plan. Just before the final dot the spool
 * notes it, so that a crash between dot and reply is known as Unknown afterwards.
 */
final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final Courier courier;
  private final Spool spool;
  private final Gates gates;

  Attempt(Courier courier, Spool spool, Gates gates) {
    this.courier = courier;
    this.spool = spool;
    this.gates = gates;
  }

  Delivery carry(Delivery delivery) {
    Job job = delivery.job();
    Optional<Site> site = Optional.ofNullable(gates.paths().sites().get(delivery.step().site()));
    return delivery.withOutcomes(
        site.isPresent()
            ? attempt(job, site.get())
            : all(job.recipients(), gone(delivery.step().site().text())));
  }

  private Map<Integer, Outcome> attempt(Job job, Site site) {
    String[] passed = new String[1];
    Courier.FinalDot note =
        hop -> {
          spool.attempt(job.entry().id(), job.recipients(), site.name(), hop);
          passed[0] = hop;
        };
    Map<Integer, Outcome> outcomes;
    try {
      outcomes =
          new HashMap<>(
              courier.attempt(site, job.destination(), job.entry(), job.recipients(), note));
    } catch (RuntimeException | Error mistake) {
      LOG.error("attempt of {} at {} broke", job.entry().id(), site.name(), mistake);
      outcomes = new HashMap<>();
    }
    for (int recipient : job.recipients()) {
      outcomes.computeIfAbsent(recipient, i -> broken(site, Optional.ofNullable(passed[0])));
    }
    outcomes.keySet().retainAll(job.recipients());
    return outcomes;
  }

  /** A mistake of ours: past the final dot nobody knows; before it, nothing happened. */
  private static Outcome broken(Site site, Optional<String> passed) {
    return passed.isPresent()
        ? new Outcome.Unknown(passed.get(), "internal error after the final dot")
        : new Outcome.Deferred(
            site.name().text(),
            Reply.of(451, "4.3.0", "internal error before the final dot"),
            new Effect.None());
  }

  private static Outcome gone(String site) {
    return new Outcome.Deferred(
        site, Reply.of(451, "4.3.5", "the site left the configuration"), new Effect.None());
  }

  private static Map<Integer, Outcome> all(List<Integer> recipients, Outcome outcome) {
    Map<Integer, Outcome> outcomes = new HashMap<>();
    recipients.forEach(recipient -> outcomes.put(recipient, outcome));
    return outcomes;
  }
}
