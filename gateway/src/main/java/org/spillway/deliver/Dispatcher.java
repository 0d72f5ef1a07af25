package org.spillway.deliver;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.spillway.mail.EntryId;
import org.spillway.route.HealthBoard;
import org.spillway.route.Paths;
import org.spillway.route.SiteName;
import org.spillway.route.Standing;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Keeps every waiting recipient in memory and gives it its turn: at once where its site has a free
 * slot, later where it was deferred, and whenever a site comes back or may take what another can
 * not. One thread keeps the time; each slot in use is one virtual thread, which goes on with the
 * next ticket of its lane so that connections are used again.
 */
final class Dispatcher implements Queue {
  private static final Duration AFTER_MISTAKE = Duration.ofMinutes(1);

  private final Work work;
  private final HealthBoard board;
  private final Gates gates;
  private final Feedback feedback;
  private final Times times;
  private final Executor workers;
  private final Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final TicketIndex index = new TicketIndex();
  private final Intake intake;
  private final Turns turns;
  private int inFlight;
  private boolean standingsChanged;
  private long nextBeat = Long.MAX_VALUE;

  /** A dispatcher with an empty queue; workers run each task at once on a thread of its own. */
  Dispatcher(
      HealthBoard board,
      Work work,
      Gates gates,
      Feedback feedback,
      RetrySchedule schedule,
      Times times,
      Executor workers,
      Pace pace) {
    this.work = work;
    this.board = board;
    this.gates = gates;
    this.feedback = feedback;
    this.times = times;
    this.workers = workers;
    this.pace = pace;
    this.intake = new Intake(times);
    this.turns = new Turns(gates, index, schedule, times, this::begin);
    board.listen(site -> standingChanged());
  }

  /** Begins to work on what is added. */
  void start() {
    pace.start(this::beat);
  }

  /** Starts nothing more and waits for attempts in flight; false when some are not done in time. */
  boolean stop(Duration deadline) {
    lock.lock();
    try {
      turns.close();
      pace.stop();
      long left = deadline.toNanos();
      while (inFlight > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return inFlight == 0;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void add(Entry entry) {
    lock.lock();
    try {
      List<Integer> news =
          IntStream.range(0, entry.standings().size())
              .filter(i -> entry.standings().get(i) instanceof Disposition.Waiting)
              .filter(i -> !index.holds(entry.id(), i))
              .boxed()
              .toList();
      admit(entry, news);
    } finally {
      lock.unlock();
    }
  }

  private void admit(Entry entry, List<Integer> recipients) {
    for (Intake.Admitted admitted :
        intake.tickets(entry, recipients, gates.paths(), gates.generation())) {
      index.add(admitted.ticket());
      if (admitted.left().isZero()) {
        turns.place(admitted.ticket());
      } else {
        turns.later(admitted.ticket(), admitted.left());
      }
    }
    wakeIfEarlier();
  }

  /** Takes other sites and routes; what waits is planned anew, what is in flight ends first. */
  void reconfigure(Paths next) {
    lock.lock();
    try {
      List<Ticket> all = turns.takeAll();
      board.reconfigure(next.sites().values());
      gates.reconfigure(next);
      all.forEach(turns::toDesk);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean withdraw(EntryId id, Set<Integer> recipients) {
    lock.lock();
    try {
      List<Ticket> hit =
          index.of(id).stream().filter(t -> recipients.stream().anyMatch(t::holds)).toList();
      if (hit.stream().anyMatch(t -> t.place == Ticket.Place.IN_FLIGHT)) {
        return false;
      }
      hit.forEach(ticket -> remove(ticket, recipients));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Ticket ticket, Set<Integer> gone) {
    int[] left = Arrays.stream(ticket.recipients()).filter(i -> !gone.contains(i)).toArray();
    if (left.length > 0) {
      ticket.recipients(left);
    } else {
      turns.withdraw(ticket);
      index.remove(ticket);
    }
  }

  @Override
  public boolean retryNow(EntryId id) {
    lock.lock();
    try {
      List<Ticket> all = index.of(id);
      all.stream()
          .filter(t -> t.place == Ticket.Place.LATER || t.isParked())
          .forEach(
              ticket -> {
                turns.withdraw(ticket);
                turns.place(ticket);
              });
      wakeIfEarlier();
      return !all.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<SiteQueue> sites() {
    lock.lock();
    try {
      return Census.rows(gates, index, times.tick());
    } finally {
      lock.unlock();
    }
  }

  private void standingChanged() {
    lock.lock();
    try {
      standingsChanged = true;
    } finally {
      lock.unlock();
    }
    pace.wake();
  }

  private long beat() {
    lock.lock();
    try {
      boolean changed = standingsChanged;
      standingsChanged = false;
      nextBeat = turns.beat(changed ? moveGates() : Set.of(), changed);
      return nextBeat;
    } finally {
      lock.unlock();
    }
  }

  private Set<SiteName> moveGates() {
    Set<SiteName> returned = new HashSet<>();
    Map<SiteName, Standing> standings = board.standings();
    for (Gate gate : gates.all()) {
      Standing next = standings.get(gate.site().name());
      if (next != null && !next.equals(gate.standing()) && gate.moveTo(next, times.tick())) {
        returned.add(gate.site().name());
      }
    }
    return returned;
  }

  private void wakeIfEarlier() {
    long due = turns.nextDue();
    if (due < nextBeat) {
      nextBeat = due;
      pace.wake();
    }
  }

  private void begin(Lane lane, Ticket ticket) {
    inFlight++;
    workers.execute(() -> work(lane, ticket));
  }

  private void work(Lane lane, Ticket first) {
    Optional<Ticket> turn = Optional.of(first);
    while (turn.isPresent()) {
      turn = ended(lane, turn.get(), work.carry(lane, turn.get()));
    }
  }

  private Optional<Ticket> ended(Lane lane, Ticket ticket, Work.Turn turn) {
    lock.lock();
    try {
      settle(lane, ticket, turn);
      turns.release(lane);
      Optional<Ticket> next = turns.next(lane);
      if (next.isEmpty() && --inFlight == 0) {
        idle.signalAll();
      }
      turns.pump(lane);
      wakeIfEarlier();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void settle(Lane lane, Ticket ticket, Work.Turn turn) {
    switch (turn) {
      case Work.Turn.Missing _ -> index.remove(ticket);
      case Work.Turn.Broken _ -> turns.later(ticket, AFTER_MISTAKE);
      case Work.Turn.Stale stale -> {
        index.remove(ticket);
        admit(stale.entry(), Arrays.stream(ticket.recipients()).boxed().toList());
      }
      case Work.Turn.Ran ran -> {
        Delivery done = ran.delivery();
        if (done.fate() == Delivery.Fate.MOVE) {
          turns.place(ticket);
          return;
        }
        index.remove(ticket);
        if (!done.outcomes().isEmpty() && learn(lane, done)) {
          standingsChanged = true;
          turns.sweepSoon();
        }
        Spread.of(ticket, done, intake).forEach(this::goOn);
      }
    }
  }

  private boolean learn(Lane lane, Delivery done) {
    return lane.gate().map(gate -> feedback.learn(lane, gate, done)).orElse(false);
  }

  private void goOn(Spread.Rest rest) {
    index.add(rest.ticket());
    switch (rest.next()) {
      case LATER, SITE -> turns.later(rest.ticket(), rest.delay());
      case AGAIN, PARK -> turns.place(rest.ticket());
      case DONE -> index.remove(rest.ticket());
    }
  }
}
