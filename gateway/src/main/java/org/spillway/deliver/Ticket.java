package org.spillway.deliver;

import java.util.Optional;
import org.spillway.mail.EntryId;
import org.spillway.route.Ask;
import org.spillway.spool.Entry;

/**
 * Recipients of one copy that wait together: what the dispatcher keeps of them in memory. There may
 * be hundreds of thousands, so it is small, its ask is shared, and absent references are plain.
 * Guarded by the dispatcher's lock.
 */
final class Ticket {
  /** Where it is; parked while no site may take it. */
  enum Place {
    LANE,
    IN_FLIGHT,
    LATER,
    PARKED,
    GONE
  }

  private static final int[][] ONES = new int[16][];

  static {
    for (int i = 0; i < ONES.length; i++) {
      ONES[i] = new int[] {i};
    }
  }

  final EntryId id;
  final Ask ask;
  final long sizeBytes;

  /** When the message was accepted, as the ticker tells time. */
  final long accepted;

  /** Which configuration its ask was made for. */
  final int generation;

  private int[] recipients;
  Place place = Place.LATER;

  /** When it is due, while it is LATER or PARKED. */
  long due;

  /** True when it waits for its site's sake: the wait ends when the site is back. */
  boolean siteFault;

  /** True for mail that never had to wait for a site. */
  boolean fresh;

  /** True once the reason why it waits was stored. */
  boolean told;

  /** True once its delay notice was given. */
  boolean noticed;

  /** The lane where it is or was last. */
  private Lane lane;

  /** The message as it was just accepted; dropped when it must wait for long. */
  private Entry entry;

  /** The next ticket of the same message. */
  Ticket sibling;

  Ticket(Entry entry, Ask ask, int[] recipients, long accepted, int generation) {
    this(entry.id(), ask, recipients, new Origin(entry.facts().sizeBytes(), accepted, generation));
  }

  private record Origin(long sizeBytes, long accepted, int generation) {}

  private Ticket(EntryId id, Ask ask, int[] recipients, Origin origin) {
    this.id = id;
    this.ask = ask;
    this.sizeBytes = origin.sizeBytes();
    this.accepted = origin.accepted();
    this.generation = origin.generation();
    recipients(recipients);
  }

  /** Another ticket of the same message. */
  Ticket split(Ask other, int[] part) {
    Ticket ticket = new Ticket(id, other, part, new Origin(sizeBytes, accepted, generation));
    ticket.fresh = fresh;
    ticket.told = told;
    ticket.noticed = noticed;
    ticket.lane = lane;
    return ticket;
  }

  int[] recipients() {
    return recipients;
  }

  void recipients(int[] next) {
    this.recipients = next.length == 1 && next[0] < ONES.length ? ONES[next[0]] : next;
  }

  boolean isParked() {
    return place == Place.PARKED;
  }

  Optional<Lane> lane() {
    return Optional.ofNullable(lane);
  }

  void lane(Lane next) {
    lane = next;
  }

  Optional<Entry> entry() {
    return Optional.ofNullable(entry);
  }

  void keep(Entry accepted) {
    entry = accepted;
  }

  void dropEntry() {
    entry = null;
  }

  boolean holds(int recipient) {
    for (int mine : recipients) {
      if (mine == recipient) {
        return true;
      }
    }
    return false;
  }
}
