package org.spillway.deliver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** Tickets that wait for a time, or for a site, soonest first. Guarded by the lock. */
final class Later {
  private static final Comparator<Ticket> BY_DUE =
      Comparator.<Ticket>comparingLong(t -> t.due).thenComparingLong(t -> t.accepted);

  private PriorityQueue<Ticket> queue = new PriorityQueue<>(BY_DUE);

  void add(Ticket ticket, Ticket.Place place, long due) {
    ticket.place = place;
    ticket.due = due;
    ticket.dropEntry();
    queue.add(ticket);
  }

  void remove(Ticket ticket) {
    queue.remove(ticket);
  }

  /** When the first is due; {@code Long.MAX_VALUE} when there is none. */
  long nextDue() {
    return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().due;
  }

  /** Takes out what is due, in the order in which the messages were accepted. */
  List<Ticket> takeDue(long tick) {
    List<Ticket> due = new ArrayList<>();
    while (!queue.isEmpty() && queue.peek().due - tick <= 0) {
      due.add(queue.poll());
    }
    return sorted(due);
  }

  /** Takes out the tickets that match, in the order in which the messages were accepted. */
  List<Ticket> takeIf(Predicate<Ticket> wanted) {
    List<Ticket> taken = new ArrayList<>();
    List<Ticket> left = new ArrayList<>(queue.size());
    for (Ticket ticket : queue) {
      (wanted.test(ticket) ? taken : left).add(ticket);
    }
    if (!taken.isEmpty()) {
      queue = new PriorityQueue<>(Math.max(1, left.size()), BY_DUE);
      queue.addAll(left);
    }
    return sorted(taken);
  }

  private static List<Ticket> sorted(List<Ticket> tickets) {
    tickets.sort(Comparator.comparingLong(t -> t.accepted));
    return tickets;
  }
}
