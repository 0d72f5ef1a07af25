package org.spillway.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.EntryId;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Moves the recipients of one message as an {@link Order} says, one message at a time. Whatever
 * waits is withdrawn from the queue first, so that no courier has it; then its standing is read
 * again, and only what is still as the order wants it is settled.
 *
 * <p>When the node dies in between: a withdrawal lives in memory only, so a restart finds the old
 * standing in the spool and queues it again. A bounce is reported before it is settled: a sender
 * may then be told of a bounce that a restart forgets, but never the other way round.
 */
final class QueueMover {
  private static final Logger LOG = LoggerFactory.getLogger(QueueMover.class);

  /** Told of what was done, for audit and trace. */
  interface Done {
    /** Who has it done. */
    Hand hand();

    /**
     * Recipients of one message were moved alike.
     *
     * @param before the entry as it was
     * @param recipients indexes into its envelope
     * @param now their standing; empty when it is as before
     */
    void moved(Entry before, List<Integer> recipients, Optional<Disposition> now);
  }

  private final Control.Parts parts;
  private final ReentrantLock one = new ReentrantLock();

  QueueMover(Control.Parts parts) {
    this.parts = parts;
  }

  /** Moves those recipients of the message that are meant and that the order is for. */
  BulkResult move(EntryId id, Function<Entry, List<Integer>> meant, Order order, Done done)
      throws IOException {
    one.lock();
    try {
      Optional<Entry> entry = parts.spool().entry(id);
      return entry.isEmpty()
          ? BulkResult.NONE
          : move(entry.get(), meant.apply(entry.get()), order, done);
    } finally {
      one.unlock();
    }
  }

  private BulkResult move(Entry seen, List<Integer> meant, Order order, Done done) {
    Set<Integer> wanted = moves(seen, new TreeSet<>(meant), order, done.hand()).keySet();
    if (wanted.isEmpty()) {
      return BulkResult.NONE;
    }
    Set<Integer> free = withdraw(seen, wanted);
    try {
      Optional<Entry> entry = parts.spool().entry(seen.id());
      int moved = entry.isEmpty() ? 0 : settle(entry.get(), free, order, done);
      return new BulkResult(wanted.size(), moved, wanted.size() - moved, 0);
    } catch (IOException | RuntimeException failed) {
      LOG.warn("queue {} {} failed, it stands as before", order.word(), seen.id(), failed);
      putBack(seen.id());
      return new BulkResult(wanted.size(), 0, wanted.size() - free.size(), free.size());
    }
  }

  /** As it stands now, not as it was seen: another recipient may have ended since. */
  private void putBack(EntryId id) {
    try {
      parts.spool().entry(id).ifPresent(parts.queue()::add);
    } catch (IOException unreadable) {
      LOG.error("{} waits in the spool and is queued again at the next start", id, unreadable);
    }
  }

  private Map<Integer, Disposition> moves(
      Entry entry, Set<Integer> recipients, Order order, Hand hand) {
    Map<Integer, Disposition> moves = new LinkedHashMap<>();
    for (int i : recipients) {
      order
          .moved(entry.standings().get(i), hand, parts.clock().instant())
          .ifPresent(after -> moves.put(i, after));
    }
    return moves;
  }

  /** Those that no courier has now: all at once, or each by itself when one is in flight. */
  private Set<Integer> withdraw(Entry entry, Set<Integer> wanted) {
    Set<Integer> waiting = new TreeSet<>();
    Set<Integer> free = new TreeSet<>();
    for (int i : wanted) {
      (entry.standings().get(i) instanceof Disposition.Waiting ? waiting : free).add(i);
    }
    if (waiting.isEmpty() || parts.queue().withdraw(entry.id(), waiting)) {
      free.addAll(waiting);
      return free;
    }
    for (int i : waiting) {
      if (parts.queue().withdraw(entry.id(), Set.of(i))) {
        free.add(i);
      }
    }
    return free;
  }

  /** How many were settled. */
  private int settle(Entry entry, Set<Integer> free, Order order, Done done) throws IOException {
    Map<Integer, Disposition> moves = moves(entry, free, order, done.hand());
    if (moves.isEmpty()) {
      return 0;
    }
    if (order instanceof Order.Bounce) {
      parts.reporter().settled(entry, moves);
    }
    parts.spool().settle(entry.id(), moves);
    if (order instanceof Order.Release) {
      Optional<Entry> waiting = parts.spool().entry(entry.id());
      waiting.ifPresent(parts.queue()::add);
    }
    done.moved(entry, new ArrayList<>(moves.keySet()), moves.values().stream().findFirst());
    return moves.size();
  }
}
