package org.spillway.deliver;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import org.spillway.mail.Domain;
import org.spillway.route.Plan;
import org.spillway.route.Plan.Otherwise;
import org.spillway.route.Planner;
import org.spillway.route.Site;
import org.spillway.route.SiteName;

/**
 * Whose turn it is: puts each ticket into the lane of the site that its plan names, or lets it
 * wait, and starts work wherever a slot is free. Guarded by the dispatcher's lock throughout.
 */
final class Turns {
  private static final int DESK_WORKERS = 4;
  private static final Duration IDLE_LANE = Duration.ofMinutes(10);

  private record Wake(long at, Lane lane) {}

  private final Gates gates;
  private final TicketIndex index;
  private final RetrySchedule schedule;
  private final Times times;
  private final BiConsumer<Lane, Ticket> start;
  private final Later later = new Later();
  private final Lane desk = new Lane(DESK_WORKERS);
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparingLong(Wake::at));
  private long sweepAt = Long.MAX_VALUE;
  private long nextTidy = Long.MIN_VALUE;
  private boolean closed;

  /**
   * Nobody's turn yet.
   *
   * @param start begins work on a ticket, on a thread of its own
   */
  Turns(
      Gates gates,
      TicketIndex index,
      RetrySchedule schedule,
      Times times,
      BiConsumer<Lane, Ticket> start) {
    this.gates = gates;
    this.index = index;
    this.schedule = schedule;
    this.times = times;
    this.start = start;
  }

  /** Starts nothing more. */
  void close() {
    closed = true;
  }

  /** Plans for a ticket and puts it where it belongs. */
  void place(Ticket ticket) {
    if (ticket.generation != gates.generation()) {
      toDesk(ticket); // sites or routes changed: its ask must be made anew, from the message
      return;
    }
    Plan plan = Planner.plan(ticket.ask, ticket.sizeBytes, gates.situation());
    if (plan.steps().isEmpty()) {
      switch (plan.otherwise()) {
        case Otherwise.Wait wait -> rest(ticket, wait);
        case Otherwise.HeldByPolicy _, Otherwise.Return _ -> toDesk(ticket);
      }
      return;
    }
    Lane lane = lane(ticket, plan.steps().getFirst().site());
    lane.offer(ticket);
    pump(lane);
  }

  private Lane lane(Ticket ticket, SiteName site) {
    Gate gate = gates.of(site).orElseThrow();
    boolean direct = gate.site().kind() == Site.Kind.MX;
    return gate.lane(direct ? ticket.ask.domain() : Optional.<Domain>empty());
  }

  /** Work without a site: a notice, a hold, a return, or the first time that it must wait. */
  void toDesk(Ticket ticket) {
    desk.offer(ticket);
    pump(desk);
  }

  private void rest(Ticket ticket, Otherwise.Wait wait) {
    Duration age = Duration.ofNanos(times.tick() - ticket.accepted);
    Duration next = schedule.untilNext(ticket.ask.nullSender(), age, ticket.noticed);
    if (!ticket.told || next.isZero()) {
      toDesk(ticket);
      return;
    }
    ticket.fresh = false;
    later.add(ticket, Ticket.Place.PARKED, times.tick() + next.toNanos());
    Duration again = Duration.between(times.now(), wait.lookAgain());
    sweepAt = Math.min(sweepAt, times.tick() + Math.max(0, again.toNanos()));
  }

  /** Lets a ticket wait for that long. */
  void later(Ticket ticket, Duration wait) {
    later.add(ticket, Ticket.Place.LATER, times.tick() + wait.toNanos());
  }

  /** Sites or quotas changed: plan anew at the next beat. */
  void sweepSoon() {
    sweepAt = times.tick();
  }

  /** Starts work in a lane as long as a slot is free. */
  void pump(Lane lane) {
    Optional<Ticket> ticket = next(lane);
    while (ticket.isPresent()) {
      start.accept(lane, ticket.get());
      ticket = next(lane);
    }
  }

  /** Takes the next ticket of a lane, when its site may be given one now. */
  Optional<Ticket> next(Lane lane) {
    Optional<Ticket> head = closed ? Optional.empty() : lane.peek();
    if (head.isEmpty() || !mayStart(lane, head.get())) {
      return Optional.empty();
    }
    lane.take(head.get());
    splitAtLimit(lane, head.get());
    return head;
  }

  private boolean mayStart(Lane lane, Ticket ticket) {
    if (lane.gate().isEmpty()) {
      return lane.inFlight() < lane.concurrency().limit();
    }
    Gate gate = lane.gate().get();
    long tick = times.tick();
    Optional<Long> pause = lane.pause(tick);
    if (pause.isPresent()) {
      wake(lane, pause.get());
      return false;
    }
    if (!gate.isOpen(tick) || lane.inFlight() >= gate.limit(lane) || !gate.hasSlot(lane)) {
      return false;
    }
    int count = Math.min(ticket.recipients().length, most(gate.site()));
    Duration wait = gate.take(count, tick);
    if (!wait.isZero() && gate.pause(tick).isPresent()) {
      sweepSoon(); // the day's quota is used: other sites may take it
    } else if (!wait.isZero()) {
      wake(lane, tick + wait.toNanos());
    }
    return wait.isZero();
  }

  private static int most(Site site) {
    return Math.max(1, site.limits().recipientsPerTransaction());
  }

  /** No more recipients in a transaction than the site takes: 51 become 50 and 1. */
  private void splitAtLimit(Lane lane, Ticket ticket) {
    int most = lane.gate().map(gate -> most(gate.site())).orElse(Integer.MAX_VALUE);
    int[] all = ticket.recipients();
    if (all.length > most) {
      ticket.recipients(Arrays.copyOf(all, most));
      Ticket tail = ticket.split(ticket.ask, Arrays.copyOfRange(all, most, all.length));
      ticket.entry().ifPresent(tail::keep);
      index.add(tail);
      lane.offer(tail);
    }
  }

  private void wake(Lane lane, long at) {
    if (at < lane.wakeAt) {
      lane.wakeAt = at;
      wakes.add(new Wake(at, lane));
    }
  }

  /** A ticket's work ended: gives back its slot, to lanes that waited for it too. */
  void release(Lane lane) {
    lane.release(times.tick());
    lane.gate().map(Gate::release).orElse(List.of()).forEach(this::pump);
  }

  /** Takes a ticket out, wherever it waits. */
  void withdraw(Ticket ticket) {
    switch (ticket.place) {
      case LANE -> ticket.lane().ifPresent(lane -> lane.load(-1));
      case LATER, PARKED -> later.remove(ticket);
      case IN_FLIGHT, GONE -> {}
    }
    ticket.place = Ticket.Place.GONE; // a lane drops it when it comes to it
  }

  /** Takes out every ticket that is not in flight. */
  List<Ticket> takeAll() {
    List<Ticket> all = later.takeIf(_ -> true);
    for (Gate gate : gates.all()) {
      gate.lanes().forEach(lane -> all.addAll(lane.drain()));
    }
    all.addAll(desk.drain());
    return all;
  }

  /** Does what is due by now; gives when to come again. */
  long beat(Set<SiteName> returned, boolean changed) {
    long tick = times.tick();
    if (changed || sweepAt - tick <= 0) {
      sweep(returned);
    }
    for (Ticket ticket : later.takeDue(tick)) {
      if (ticket.isParked()) {
        toDesk(ticket);
      } else {
        place(ticket);
      }
    }
    while (!wakes.isEmpty() && wakes.peek().at() - tick <= 0) {
      Wake due = wakes.poll();
      due.lane().wakeAt = Long.MAX_VALUE;
      pump(due.lane());
    }
    tidy(tick);
    return nextDue();
  }

  /** When something is due; {@code Long.MAX_VALUE} when nothing is. */
  long nextDue() {
    long lanes = wakes.isEmpty() ? Long.MAX_VALUE : wakes.peek().at();
    return Math.min(Math.min(later.nextDue(), lanes), sweepAt);
  }

  private void tidy(long tick) {
    if (nextTidy == Long.MIN_VALUE || nextTidy - tick <= 0) {
      nextTidy = tick + IDLE_LANE.toNanos();
      gates.all().forEach(gate -> gate.dropIdleLanes(tick - IDLE_LANE.toNanos()));
    }
  }

  /** Plans anew for all that waits for a site, and for what stands before a closed one. */
  private void sweep(Set<SiteName> returned) {
    sweepAt = Long.MAX_VALUE;
    long tick = times.tick();
    for (Gate gate : gates.all()) {
      if (!gate.isOpen(tick) || !gate.standing().isTrusted()) {
        gate.lanes().forEach(lane -> lane.drain().forEach(this::place));
      }
    }
    Set<SiteName> back = new HashSet<>(returned);
    later
        .takeIf(ticket -> ticket.isParked() || ticket.siteFault && isFree(ticket, back))
        .forEach(this::place);
    gates.all().forEach(gate -> gate.lanes().forEach(this::pump));
  }

  /** True when a ticket need not sit out its back-off: its site is back, or the plan is another. */
  private boolean isFree(Ticket ticket, Set<SiteName> back) {
    Optional<SiteName> site = ticket.lane().flatMap(Lane::gate).map(gate -> gate.site().name());
    Plan plan = Planner.plan(ticket.ask, ticket.sizeBytes, gates.situation());
    return plan.steps().isEmpty()
        || site.isEmpty()
        || back.contains(site.get())
        || !plan.steps().getFirst().site().equals(site.get());
  }
}
