package org.spillway.route;

import java.util.concurrent.TimeUnit;

/** Lets so many pass a second, with a burst of one second. Not thread-safe. */
final class TokenBucket {
  private double perSecond;
  private double tokens;
  private long at;

  TokenBucket(double perSecond, long tick) {
    this.perSecond = perSecond;
    this.tokens = burst();
    this.at = tick;
  }

  double perSecond() {
    return perSecond;
  }

  void rate(double next, long tick) {
    fill(tick);
    perSecond = next;
    tokens = Math.min(tokens, burst());
  }

  /**
   * Nanoseconds until that many may pass; 0 when they may now. More than a burst waits for a burst.
   */
  long waitFor(int count, long tick) {
    fill(tick);
    double missing = Math.min(count, burst()) - tokens;
    return missing <= 1e-9
        ? 0
        : Math.max(1, (long) Math.ceil(missing / perSecond * TimeUnit.SECONDS.toNanos(1)));
  }

  void take(int count) {
    tokens -= count;
  }

  private double burst() {
    return Math.max(1, perSecond);
  }

  private void fill(long tick) {
    double seconds = (tick - at) / (double) TimeUnit.SECONDS.toNanos(1);
    tokens = Math.min(burst(), tokens + seconds * perSecond);
    at = tick;
  }
}
