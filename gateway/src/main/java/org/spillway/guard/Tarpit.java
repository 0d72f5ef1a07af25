package org.spillway.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** How many replies are held back at a time: beyond it nobody is made to wait. */
public final class Tarpit {
  private final InstantSource clock;
  private final PriorityQueue<Instant> ends = new PriorityQueue<>();

  Tarpit(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Asks for a wait.
   *
   * @param most waits at a time
   * @return the same when there is room, else nothing
   */
  public synchronized Duration grant(Duration wanted, int most) {
    if (wanted.isZero()) {
      return wanted;
    }
    Instant now = clock.instant();
    while (!ends.isEmpty() && !ends.peek().isAfter(now)) {
      ends.poll();
    }
    if (ends.size() >= most) {
      return Duration.ZERO;
    }
    ends.add(now.plus(wanted));
    return wanted;
  }

  /** Waits that were granted and may still last. */
  synchronized int waiting() {
    return ends.size();
  }
}
