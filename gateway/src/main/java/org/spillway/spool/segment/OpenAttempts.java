package org.spillway.spool.segment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.EntryId;
import org.spillway.spool.code.Attempt;

/** Attempts without an outcome yet: as many as there are copies under way. */
final class OpenAttempts {
  /** One of them, and where its record lies, once it does. */
  static final class Open {
    private Attempt attempt;
    private Optional<Place> place = Optional.empty();
    private boolean over;

    private Open(Attempt attempt) {
      this.attempt = attempt;
    }
  }

  private final Map<EntryId, List<Open>> open = new HashMap<>();
  private final Segments segments;

  OpenAttempts(Segments segments) {
    this.segments = segments;
  }

  synchronized Open begin(EntryId id, Attempt attempt) {
    Open fresh = new Open(attempt);
    open.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(fresh);
    return fresh;
  }

  /** Its record is in the file, and keeps the segment. */
  synchronized void written(Open attempt, Place at) {
    if (!attempt.over) {
      attempt.place = Optional.of(at);
      count(at, 1);
    }
  }

  /** The outcome of some recipients is known. */
  synchronized void settle(EntryId id, Collection<Integer> recipients) {
    List<Open> all = open.getOrDefault(id, List.of());
    for (Open one : all) {
      List<Integer> left =
          one.attempt.recipients().stream().filter(r -> !recipients.contains(r)).toList();
      one.attempt = new Attempt(left, one.attempt.site(), one.attempt.hop());
      if (left.isEmpty()) {
        release(one);
      }
    }
    forget(id, all);
  }

  private void forget(EntryId id, List<Open> all) {
    if (!all.isEmpty() && all.stream().allMatch(one -> one.over)) {
      open.remove(id);
    }
  }

  /** The entry has ended. */
  synchronized void end(EntryId id) {
    List<Open> all = open.remove(id);
    if (all != null) {
      all.forEach(this::release);
    }
  }

  private void release(Open one) {
    one.over = true;
    one.place.ifPresent(at -> count(at, -1));
    one.place = Optional.empty();
  }

  private void count(Place at, int sign) {
    segments.of(at.segment()).ifPresent(segment -> segment.count((long) sign * at.length()));
  }

  /** The attempts of an entry that are still open. */
  synchronized List<Attempt> of(EntryId id) {
    return open.getOrDefault(id, List.of()).stream()
        .filter(one -> !one.over)
        .map(one -> one.attempt)
        .toList();
  }

  /** Entries with an attempt whose record lies in a segment. */
  synchronized List<EntryId> in(int segment) {
    return open.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(one -> liesIn(one, segment)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean liesIn(Open one, int segment) {
    return one.place.filter(at -> at.segment() == segment).isPresent();
  }

  /** The entry's attempts are part of a state record by now: theirs count no more there. */
  synchronized void movedFrom(EntryId id, int segment) {
    for (Open one : open.getOrDefault(id, List.of())) {
      if (liesIn(one, segment)) {
        one.place.ifPresent(at -> count(at, -1));
        one.place = Optional.empty();
      }
    }
  }
}
