package org.spillway.deliver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.spillway.mail.Domain;
import org.spillway.route.Concurrency;

/**
 * The tickets whose turn is next at one site (for direct delivery: for one domain of the world).
 * Mail that had to wait goes by the time it was accepted; fresh mail has a line of its own and half
 * of the turns, so that it is not days late behind a backlog. Guarded by the dispatcher's lock.
 */
final class Lane {
  /** How many waiting tickets keep their message in memory. */
  private static final int KEEP_ENTRIES = 256;

  private static final Comparator<Ticket> BY_AGE =
      Comparator.<Ticket>comparingLong(t -> t.accepted).thenComparing(t -> t.id);

  private final Optional<Gate> gate;
  private final Optional<Domain> destination;
  private final Concurrency concurrency;
  private final ArrayDeque<Ticket> fresh = new ArrayDeque<>();
  private PriorityQueue<Ticket> backlog = new PriorityQueue<>(BY_AGE);
  private boolean backlogsTurn;
  private int deaths;
  private int inFlight;
  private long pausedUntil;
  private boolean paused;

  /** When the scheduler will look at it; {@code Long.MAX_VALUE} for not by itself. */
  long wakeAt = Long.MAX_VALUE;

  /** When it was last in use. */
  long lastUsed;

  /** A lane of a site. */
  Lane(Gate gate, Optional<Domain> destination) {
    this.gate = Optional.of(gate);
    this.destination = destination;
    this.concurrency = new Concurrency(gate.site().limits().connections());
  }

  /** The desk: work that needs no site, such as notices, holds and returns. */
  Lane(int workers) {
    this.gate = Optional.empty();
    this.destination = Optional.empty();
    this.concurrency = new Concurrency(workers);
  }

  Optional<Gate> gate() {
    return gate;
  }

  Optional<Domain> destination() {
    return destination;
  }

  Concurrency concurrency() {
    return concurrency;
  }

  int inFlight() {
    return inFlight;
  }

  int waiting() {
    return fresh.size() + backlog.size();
  }

  boolean isIdle() {
    return inFlight == 0 && waiting() == 0;
  }

  void offer(Ticket ticket) {
    ticket.place = Ticket.Place.LANE;
    ticket.lane(this);
    load(1);
    if (waiting() >= KEEP_ENTRIES) {
      ticket.dropEntry();
    }
    if (ticket.fresh) {
      fresh.add(ticket);
    } else {
      backlog.add(ticket);
    }
  }

  /** The ticket whose turn it is, left in its place; empty when none waits. */
  Optional<Ticket> peek() {
    drop(fresh.peek(), true);
    drop(backlog.peek(), false);
    boolean takeBacklog = fresh.isEmpty() || backlogsTurn && !backlog.isEmpty();
    return Optional.ofNullable(takeBacklog ? backlog.peek() : fresh.peek());
  }

  private void drop(Ticket head, boolean isFresh) {
    Ticket at = head;
    while (at != null && at.place == Ticket.Place.GONE) {
      if (isFresh) {
        fresh.poll();
      } else {
        backlog.poll();
      }
      at = isFresh ? fresh.peek() : backlog.peek();
    }
  }

  /** Takes the ticket that {@link #peek} gave. */
  void take(Ticket ticket) {
    if (ticket.fresh) {
      fresh.poll();
    } else {
      backlog.poll();
    }
    backlogsTurn = ticket.fresh;
    ticket.place = Ticket.Place.IN_FLIGHT;
    inFlight++;
  }

  /** An attempt ended. */
  void release(long tick) {
    inFlight--;
    lastUsed = tick;
    load(-1);
  }

  /** So many tickets more, or fewer, wait here or are in flight. */
  void load(int change) {
    gate.ifPresent(g -> g.load(change));
  }

  /** Takes out everything that waits, oldest first. */
  List<Ticket> drain() {
    List<Ticket> all = new ArrayList<>(fresh);
    all.addAll(backlog);
    fresh.clear();
    backlog = new PriorityQueue<>(BY_AGE);
    all.removeIf(ticket -> ticket.place == Ticket.Place.GONE);
    all.sort(BY_AGE);
    load(-all.size());
    return all;
  }

  /** Until when its destination is left alone; empty when it is not. */
  Optional<Long> pause(long tick) {
    if (paused && pausedUntil - tick <= 0) {
      paused = false;
    }
    return paused ? Optional.of(pausedUntil) : Optional.empty();
  }

  /** The destination is dead: leaves it alone, longer each time. */
  void rest(Duration hold, Duration most, long tick) {
    Duration length = hold.multipliedBy(1L << Math.min(deaths, 10));
    deaths++;
    paused = true;
    pausedUntil = tick + (length.compareTo(most) > 0 ? most : length).toNanos();
    concurrency.afterOutage();
  }

  /** The destination answered. */
  void alive() {
    deaths = 0;
  }
}
