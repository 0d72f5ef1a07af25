package org.spillway.route;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A rolling count over 24 hours in steps of five minutes. Not thread-safe. */
final class DayCount {
  private static final int STEPS = 288;
  private static final long STEP_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final long[] counts = new long[STEPS];
  private long sum;
  private long newest = Long.MIN_VALUE;

  void add(long count, long tick) {
    int slot = turnTo(tick);
    counts[slot] += count;
    sum += count;
  }

  long sum(long tick) {
    turnTo(tick);
    return Math.max(0, sum);
  }

  /** When the oldest counted step falls out of the day. */
  long nextDrop(long tick) {
    turnTo(tick);
    for (int age = STEPS - 1; age >= 0; age--) {
      if (counts[Math.floorMod(newest - age, STEPS)] > 0) {
        return (newest - age + STEPS) * STEP_NANOS;
      }
    }
    return tick + STEP_NANOS;
  }

  private int turnTo(long tick) {
    long step = Math.floorDiv(tick, STEP_NANOS);
    if (newest == Long.MIN_VALUE || step - newest >= STEPS) {
      Arrays.fill(counts, 0);
      sum = 0;
      newest = step;
    }
    while (newest < step) {
      newest++;
      int slot = Math.floorMod(newest, STEPS);
      sum -= counts[slot];
      counts[slot] = 0;
    }
    return Math.floorMod(newest, STEPS);
  }
}
