package org.spillway.deliver;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;
import org.spillway.spool.Spool;

/**
 * One turn of a ticket: fetches its message and sends it along the delivery route. No lock held.
 */
final class Work {
  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  private final Spool spool;
  private final UnaryOperator<Delivery> route;
  private final Gates gates;
  private final Times times;

  Work(Spool spool, UnaryOperator<Delivery> route, Gates gates, Times times) {
    this.spool = spool;
    this.route = route;
    this.gates = gates;
    this.times = times;
  }

  /** What a turn came to. */
  sealed interface Turn {
    /** The route ran. */
    record Ran(Delivery delivery) implements Turn {}

    /** None of its recipients waits any more. */
    record Missing() implements Turn {}

    /** Sites or routes changed since its ask was made. */
    record Stale(Entry entry) implements Turn {}

    /** The spool or a step failed; nothing was sent. */
    record Broken() implements Turn {}
  }

  /** Does it; never throws. */
  Turn carry(Lane lane, Ticket ticket) {
    try {
      Optional<Entry> entry = ticket.entry();
      if (entry.isEmpty()) {
        entry = spool.entry(ticket.id);
      }
      List<Integer> waiting = entry.map(e -> waiting(e, ticket)).orElse(List.of());
      if (waiting.isEmpty()) {
        return new Turn.Missing();
      }
      if (ticket.generation != gates.generation()) {
        return new Turn.Stale(entry.orElseThrow());
      }
      return new Turn.Ran(
          route.apply(Delivery.of(job(lane, ticket, entry.orElseThrow(), waiting))));
    } catch (IOException | RuntimeException | Error mistake) {
      LOG.error("the turn of {} broke, it waits", ticket.id, mistake);
      return new Turn.Broken();
    }
  }

  private static List<Integer> waiting(Entry entry, Ticket ticket) {
    return Arrays.stream(ticket.recipients())
        .filter(i -> entry.standings().get(i) instanceof Disposition.Waiting)
        .boxed()
        .toList();
  }

  private Job job(Lane lane, Ticket ticket, Entry entry, List<Integer> recipients) {
    return new Job(
        entry,
        recipients,
        ticket.ask,
        lane.gate().map(gate -> gate.site().name()),
        lane.destination(),
        Duration.ofNanos(times.tick() - ticket.accepted));
  }
}
