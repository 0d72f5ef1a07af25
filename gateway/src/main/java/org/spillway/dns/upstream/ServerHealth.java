package org.spillway.dns.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a server is asked, and how soon it answers.
 *
 * <pre>
 * state    event                                then
 * up       answers                              up, no failures
 * up       fails, as often as it may in a row   resting, for the first rest
 * resting  its rest is over                     one question goes to it on the side
 * resting  answers                              up
 * resting  fails after its rest                 resting, twice as long
 * </pre>
 */
public final class ServerHealth {
  private static final int MAX_DOUBLINGS = 4;

  private final Rest rest;
  private final long penalty;
  private final LongSupplier nanos;
  private int failures;
  private int doublings;
  private boolean resting;
  private boolean tried;
  private long restUntil;
  private long roundTrip;
  private String why = "";

  /**
   * Of a server that was never asked.
   *
   * @param penalty what a failure counts as, in the smoothed time
   */
  public ServerHealth(Rest rest, Duration penalty, LongSupplier nanos) {
    this.rest = rest;
    this.penalty = penalty.toNanos();
    this.nanos = nanos;
  }

  synchronized void answered(long tookNanos) {
    resting = false;
    tried = false;
    failures = 0;
    doublings = 0;
    why = "";
    roundTrip = roundTrip == 0 ? tookNanos : roundTrip + (tookNanos - roundTrip) / 8;
  }

  synchronized void failed(String reason) {
    why = reason;
    failures++;
    roundTrip += (penalty - roundTrip) / 8;
    boolean again = resting && restUntil - nanos.getAsLong() <= 0;
    if (again) {
      doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    }
    if (again || (!resting && failures >= rest.after())) {
      resting = true;
      tried = false;
      restUntil = nanos.getAsLong() + (rest.first().toNanos() << doublings);
    }
  }

  /** Says yes to one caller after each rest: that one asks the server on the side. */
  synchronized boolean wantsTrial() {
    boolean now = resting && !tried && restUntil - nanos.getAsLong() <= 0;
    tried |= now;
    return now;
  }

  synchronized boolean resting() {
    return resting;
  }

  /** Smoothed, in nanoseconds; 0 before the first answer, so that each server is tried once. */
  synchronized long roundTrip() {
    return roundTrip;
  }

  /** Another server answered: this one's time fades, so that it gets another chance. */
  synchronized void fade() {
    roundTrip -= roundTrip / 64;
  }

  synchronized ServerStatus status(String address) {
    return new ServerStatus(address, resting, failures, Duration.ofNanos(roundTrip), why);
  }
}
