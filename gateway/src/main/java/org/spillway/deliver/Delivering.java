package org.spillway.deliver;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.spillway.metrics.Metrics;
import org.spillway.report.Reporter;
import org.spillway.route.HealthBoard;
import org.spillway.route.Paths;
import org.spillway.spool.Spool;
import org.spillway.store.Chronicle;

/**
 * Everything between the spool and the courier, put together: the dispatcher, the delivery route
 * and the prober. Add {@link #route} to a Camel context, start that, then {@link #start} this; add
 * every live entry of the spool to {@link #queue}.
 */
public final class Delivering {
  private final HealthBoard board;
  private final Dispatcher dispatcher;
  private final Prober prober;
  private final DeliveryRoute route;
  private final DeliveryLine line = new DeliveryLine();
  private final Gates gates;
  private final RetrySchedule schedule;

  /**
   * What it works with.
   *
   * @param paths sites and routes
   * @param spool where the mail is
   * @param courier carries it
   * @param board how the sites stand; the courier tells it what it sees
   * @param retry when to try again
   * @param reporter tells senders
   * @param chronicle keeps the trace and writes the line of each disposition
   * @param metrics counts
   * @param times the clocks
   * @param chance for the jitter of retries
   * @param workers starts a thread for each task, in a gateway {@code Thread::startVirtualThread}
   * @param deliveryPace keeps the dispatcher's time
   * @param probePace keeps the prober's time
   */
  public record Parts(
      Paths paths,
      Spool spool,
      Courier courier,
      HealthBoard board,
      RetrySettings retry,
      Reporter reporter,
      Chronicle chronicle,
      Metrics metrics,
      Times times,
      RandomGenerator chance,
      Executor workers,
      Pace deliveryPace,
      Pace probePace) {}

  /** Puts it together; nothing runs yet. */
  public Delivering(Parts parts) {
    Times times = parts.times();
    schedule = new RetrySchedule(parts.retry(), parts.chance());
    this.board = parts.board();
    this.gates = new Gates(parts.paths(), board, times);
    this.route =
        new DeliveryRoute(
            new Planning(gates),
            new Attempt(parts.courier(), parts.spool(), gates),
            new Settler(schedule, parts.spool(), parts.reporter(), times),
            new Traces(parts.chronicle(), parts.metrics()));
    this.dispatcher =
        new Dispatcher(
            board,
            new Work(parts.spool(), line, gates, times),
            gates,
            new Feedback(board, parts.metrics(), times),
            schedule,
            times,
            parts.workers(),
            parts.deliveryPace());
    this.prober = new Prober(parts.courier(), board, times, parts.workers(), parts.probePace());
    parts.metrics().gauge("spillway_queue_recipients", () -> count(false));
    parts.metrics().gauge("spillway_queue_in_flight", () -> count(true));
  }

  private double count(boolean inFlight) {
    return dispatcher.sites().stream()
        .mapToLong(row -> inFlight ? row.inFlight() : row.waiting())
        .sum();
  }

  /** The Camel route from plan to trace. */
  public RouteBuilder route() {
    return route;
  }

  /** The waiting recipients. */
  public Queue queue() {
    return dispatcher;
  }

  /** Begins to deliver and to probe; the context must run already. */
  public void start(CamelContext camel) {
    line.open(camel);
    dispatcher.start();
    prober.start(gates.paths().sites().values());
  }

  /** Takes other sites and routes without losing a ticket. */
  public void reconfigure(Paths next) {
    dispatcher.reconfigure(next);
    prober.reconfigure(next.sites().values());
  }

  /** Takes other times for the retries to come. */
  public void follow(RetrySettings retry) {
    schedule.follow(retry);
  }

  /**
   * Starts nothing more and waits for the attempts in flight.
   *
   * @return false when some were still under way at the deadline
   */
  public boolean stop(Duration deadline) {
    prober.stop();
    boolean done = dispatcher.stop(deadline);
    line.close();
    return done;
  }
}
