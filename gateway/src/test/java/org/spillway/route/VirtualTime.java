package org.spillway.route;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only when told: a ticker, and a wall clock that can be stepped besides. */
public final class VirtualTime implements InstantSource, Ticker {
  private static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");

  private long nanos;
  private Duration step = Duration.ZERO;

  @Override
  public synchronized Instant instant() {
    return BEGIN.plusNanos(nanos).plus(step);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  public synchronized void pass(Duration time) {
    nanos += time.toNanos();
  }

  public synchronized void moveTo(long tick) {
    nanos = Math.max(nanos, tick);
  }

  /** Steps the wall clock alone, as an admin or NTP does. */
  public synchronized void stepWallClock(Duration by) {
    step = step.plus(by);
  }
}
