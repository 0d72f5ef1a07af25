package org.spillway.deliver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.spillway.mail.EntryId;

/** Every ticket by its message; the tickets of one message form a chain. Guarded by the lock. */
final class TicketIndex {
  private final Map<EntryId, Ticket> first = new HashMap<>();

  void add(Ticket ticket) {
    Ticket head = first.get(ticket.id);
    ticket.sibling = head;
    first.put(ticket.id, ticket);
  }

  void remove(Ticket ticket) {
    ticket.place = Ticket.Place.GONE;
    Ticket head = first.get(ticket.id);
    if (head == ticket) {
      if (ticket.sibling == null) {
        first.remove(ticket.id);
      } else {
        first.put(ticket.id, ticket.sibling);
      }
      return;
    }
    for (Ticket at = head; at != null; at = at.sibling) {
      if (at.sibling == ticket) {
        at.sibling = ticket.sibling;
        return;
      }
    }
  }

  List<Ticket> of(EntryId id) {
    List<Ticket> all = new ArrayList<>(1);
    for (Ticket at = first.get(id); at != null; at = at.sibling) {
      all.add(at);
    }
    return all;
  }

  boolean holds(EntryId id, int recipient) {
    for (Ticket at = first.get(id); at != null; at = at.sibling) {
      if (at.holds(recipient)) {
        return true;
      }
    }
    return false;
  }

  boolean knows(EntryId id) {
    return first.containsKey(id);
  }

  void forEach(Consumer<Ticket> visitor) {
    for (Ticket head : first.values()) {
      for (Ticket at = head; at != null; at = at.sibling) {
        visitor.accept(at);
      }
    }
  }
}
