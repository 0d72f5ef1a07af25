package org.spillway.route;

import java.time.Duration;

/** Counts good and bad events of the last while, in twelve steps. */
final class Window {
  private static final int STEPS = 12;

  private final long stepNanos;
  private final int[] all = new int[STEPS];
  private final int[] bad = new int[STEPS];
  private long newest = Long.MIN_VALUE;

  Window(Duration length) {
    this.stepNanos = Math.max(1, length.toNanos() / STEPS);
  }

  void add(long tick, boolean isBad) {
    int slot = turnTo(tick);
    all[slot]++;
    if (isBad) {
      bad[slot]++;
    }
  }

  long all(long tick) {
    turnTo(tick);
    return sum(all);
  }

  long bad(long tick) {
    turnTo(tick);
    return sum(bad);
  }

  void clear() {
    java.util.Arrays.fill(all, 0);
    java.util.Arrays.fill(bad, 0);
  }

  private int turnTo(long tick) {
    long step = Math.floorDiv(tick, stepNanos);
    if (newest == Long.MIN_VALUE || step - newest >= STEPS) {
      clear();
      newest = step;
    }
    while (newest < step) {
      newest++;
      int slot = Math.floorMod(newest, STEPS);
      all[slot] = 0;
      bad[slot] = 0;
    }
    return Math.floorMod(newest, STEPS);
  }

  private static long sum(int[] counts) {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
