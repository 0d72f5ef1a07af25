package org.spillway.route;

import java.time.Duration;

/**
 * Paces a site that was away: one connection, one more for each cohort that went well; at most 10 %
 * of the rate before the outage, times 1.5 each half of {@code goodFor} (30 s by default). Too
 * busy: half the connections, and no growth for the time of {@code hold}. Over when the allowed
 * rate is twice what it was before. Not thread-safe.
 */
public final class SlowStart {
  private static final double FIRST_SHARE = 0.1;
  private static final double GROWTH = 1.5;
  private static final double OVER = 2;
  private static final double LEAST_PER_SECOND = 2;

  private final double before;
  private final long stepNanos;
  private final long holdNanos;
  private final TokenBucket bucket;
  private long nextStep;
  private long holdUntil;
  private int limit = 1;
  private int cohort;

  /**
   * Begins.
   *
   * @param before messages a second before the outage; 0 when not known
   */
  public SlowStart(double before, HealthSettings settings, long tick) {
    this.before = Math.max(before, LEAST_PER_SECOND);
    this.stepNanos = Math.max(1, settings.goodFor().dividedBy(2).toNanos());
    this.holdNanos = settings.hold().toNanos();
    this.bucket = new TokenBucket(Math.max(LEAST_PER_SECOND, this.before * FIRST_SHARE), tick);
    this.nextStep = tick + stepNanos;
    this.holdUntil = tick;
  }

  /** Connections allowed now. */
  public int limit() {
    return limit;
  }

  /** True when it need not be asked any more. */
  public boolean isOver(long tick) {
    grow(tick);
    return bucket.perSecond() > OVER * before;
  }

  /** How long the next message must wait; zero when it may go now. */
  public Duration waitFor(long tick) {
    grow(tick);
    return Duration.ofNanos(bucket.waitFor(1, tick));
  }

  /** A message goes. */
  public void took() {
    bucket.take(1);
  }

  /** An attempt went well. */
  public void ok(long tick) {
    if (tick - holdUntil < 0) {
      return;
    }
    cohort++;
    if (cohort >= limit) {
      cohort = 0;
      limit++;
    }
  }

  /** The site said that it is too busy. */
  public void overloaded(long tick) {
    if (tick - holdUntil < 0) {
      return; // the same moment told by several connections
    }
    limit = Math.max(1, limit / 2);
    cohort = 0;
    holdUntil = tick + holdNanos;
    nextStep = holdUntil + stepNanos;
    bucket.rate(Math.max(LEAST_PER_SECOND, bucket.perSecond() / 2), tick);
  }

  private void grow(long tick) {
    while (tick - nextStep >= 0 && bucket.perSecond() <= OVER * before) {
      bucket.rate(bucket.perSecond() * GROWTH, tick);
      nextStep += stepNanos;
    }
  }
}
