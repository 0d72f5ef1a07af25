package org.spillway.spool.segment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.spillway.mail.EntryId;

/** Where every live entry lies, and with it how many bytes of each segment still count. */
final class Index {
  private final ConcurrentHashMap<EntryId, Slot> slots = new ConcurrentHashMap<>();
  private final IntFunction<Optional<Segment>> segments;

  /** Over the segments by number. */
  Index(IntFunction<Optional<Segment>> segments) {
    this.segments = segments;
  }

  Optional<Slot> find(EntryId id) {
    return Optional.ofNullable(slots.get(id));
  }

  int size() {
    return slots.size();
  }

  /** Puts an entry in, or gives it a new place. */
  synchronized void put(Slot slot) {
    Slot old = slots.put(slot.id(), slot);
    if (old != null) {
      count(old, -1);
    }
    count(slot, 1);
  }

  /** Gives an entry's content another place, unless it has gone or moved meanwhile. */
  synchronized boolean move(Slot from, Stub to) {
    Slot now = slots.get(from.id());
    if (now == null || !now.commit().equals(from.commit())) {
      return false;
    }
    put(now.movedTo(to));
    return true;
  }

  /** Notes where an entry's state lies from now on; nothing when it has gone. */
  synchronized void state(EntryId id, Place at) {
    Slot slot = slots.get(id);
    if (slot != null) {
      put(slot.withState(at));
    }
  }

  /** Takes an entry out. */
  synchronized Optional<Slot> remove(EntryId id) {
    Slot old = slots.remove(id);
    if (old != null) {
      count(old, -1);
    }
    return Optional.ofNullable(old);
  }

  /** Every entry, by the order of acceptance; a snapshot of references, 4 to 8 bytes each. */
  Slot[] inOrder() {
    Slot[] all = slots.values().toArray(Slot[]::new);
    Arrays.sort(all, Comparator.comparingLong(Slot::seq));
    return all;
  }

  /** The entries of which something lies in a segment. */
  Slot[] touching(int segment) {
    return slots.values().stream().filter(slot -> slot.touches(segment)).toArray(Slot[]::new);
  }

  private void count(Slot slot, int sign) {
    count(slot.segment(), (long) sign * slot.length());
    if (slot.hasState()) {
      count(slot.stateSegment(), (long) sign * slot.stateLength());
    }
    for (int i = 0; i < slot.parts().length; i += 3) {
      count(slot.parts()[i], (long) sign * slot.parts()[i + 2]);
    }
  }

  private void count(int segment, long bytes) {
    segments.apply(segment).ifPresent(s -> s.count(bytes));
  }
}
