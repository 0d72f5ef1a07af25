package org.spillway.route;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Messages a second over the last ten minutes. Not thread-safe. */
public final class RateMeter {
  private static final int SECONDS = 600;
  private static final double SHARE = 0.95;

  private final int[] counts = new int[SECONDS];
  private long newest = Long.MIN_VALUE;

  /** One message went. */
  public void count(long tick) {
    counts[turnTo(tick)]++;
  }

  /** The rate that 95 % of the seconds with any traffic stayed within; 0 when there was none. */
  public double p95(long tick) {
    turnTo(tick);
    int[] busy = Arrays.stream(counts).filter(n -> n > 0).sorted().toArray();
    return busy.length == 0 ? 0 : busy[(int) Math.ceil(SHARE * busy.length) - 1];
  }

  private int turnTo(long tick) {
    long second = Math.floorDiv(tick, TimeUnit.SECONDS.toNanos(1));
    if (newest == Long.MIN_VALUE || second - newest >= SECONDS) {
      Arrays.fill(counts, 0);
      newest = second;
    }
    while (newest < second) {
      newest++;
      counts[Math.floorMod(newest, SECONDS)] = 0;
    }
    return Math.floorMod(newest, SECONDS);
  }
}
