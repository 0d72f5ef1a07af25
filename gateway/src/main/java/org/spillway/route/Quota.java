package org.spillway.route;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What a site takes in a time: messages and recipients a second, recipients a day (it stops at 95
 * %), and the pauses that the site itself asked for. A throttled site gets half the rate, which
 * grows back slowly. Thread-safe.
 */
public final class Quota {
  private static final double DAY_SHARE = 0.95;
  private static final double HALF = 0.5;
  private static final double GROWTH = 1.1;
  private static final long GROW_EVERY = TimeUnit.SECONDS.toNanos(30);
  private static final long THROTTLE_MEMORY = TimeUnit.MINUTES.toNanos(5);
  private static final Duration LONG_PAUSE = Duration.ofMinutes(20);
  private static final int[] PAUSE_FACTORS = {1, 2, 6};

  private final OptionalLong perDay;
  private final DayCount day = new DayCount();
  private final Optional<TokenBucket> messages;
  private final Optional<TokenBucket> recipients;
  private final RateMeter meter = new RateMeter();
  private Optional<TokenBucket> learned = Optional.empty();
  private double learnedTop;
  private long nextGrowth;
  private int throttles;
  private long lastThrottle;
  private volatile Optional<Pause> pause = Optional.empty();

  /** A site of which nothing was used yet. */
  public Quota(SiteLimits limits, long tick) {
    this.perDay = limits.recipientsPerDay();
    this.messages = bucket(limits.messagesPerSecond(), tick);
    this.recipients = bucket(limits.recipientsPerSecond(), tick);
  }

  private static Optional<TokenBucket> bucket(OptionalLong rate, long tick) {
    return rate.isEmpty()
        ? Optional.empty()
        : Optional.of(new TokenBucket(Math.max(1, rate.getAsLong()), tick));
  }

  /** The pause in force. */
  public Optional<Pause> pause(long tick) {
    Optional<Pause> now = pause;
    return now.isEmpty() || now.get().until() - tick <= 0 ? Optional.empty() : now;
  }

  /**
   * Asks to send one message; counts it when the answer is zero.
   *
   * @return how long to wait before asking again
   */
  public synchronized Duration take(int count, long tick) {
    Optional<Pause> paused = pause(tick);
    if (paused.isPresent()) {
      return Duration.ofNanos(paused.get().until() - tick);
    }
    if (isDayUsed(count, tick)) {
      long free = day.nextDrop(tick);
      pause = Optional.of(new Pause(free, "95 % of " + perDay.getAsLong() + " recipients a day"));
      return Duration.ofNanos(free - tick);
    }
    growBack(tick);
    long wait =
        Math.max(
            Math.max(waitOf(messages, 1, tick), waitOf(recipients, count, tick)),
            waitOf(learned, 1, tick));
    if (wait == 0) {
      messages.ifPresent(b -> b.take(1));
      recipients.ifPresent(b -> b.take(count));
      learned.ifPresent(b -> b.take(1));
      day.add(count, tick);
      meter.count(tick);
    }
    return Duration.ofNanos(wait);
  }

  private static long waitOf(Optional<TokenBucket> bucket, int count, long tick) {
    return bucket.isEmpty() ? 0 : bucket.get().waitFor(count, tick);
  }

  private boolean isDayUsed(int count, long tick) {
    long used = day.sum(tick);
    return perDay.isPresent() && used > 0 && used + count > DAY_SHARE * perDay.getAsLong();
  }

  /** Recipients that were counted by {@link #take} but not accepted. */
  public synchronized void giveBack(int count, long tick) {
    day.add(-count, tick);
  }

  /** Messages a second that 95 % of the recent seconds stayed within. */
  public synchronized double p95(long tick) {
    return meter.p95(tick);
  }

  /** The site takes nothing for that long: its quota is used. */
  public synchronized void used(Duration length, String why, long tick) {
    pauseFor(length, why, tick);
  }

  /**
   * The site limits the rate. Half the rate from now on, and a pause: the one that the reply means,
   * then 2 and 6 times that, then 20 minutes.
   */
  public synchronized void throttled(Duration length, String why, long tick) {
    if (pause(tick).isPresent()) {
      return; // several connections are told of one and the same limit
    }
    throttles = tick - lastThrottle > THROTTLE_MEMORY ? 0 : throttles;
    Duration wait =
        throttles < PAUSE_FACTORS.length
            ? length.multipliedBy(PAUSE_FACTORS[throttles])
            : length.compareTo(LONG_PAUSE) > 0 ? length : LONG_PAUSE;
    throttles++;
    learnHalf(tick);
    pauseFor(wait, why, tick);
    lastThrottle = tick + wait.toNanos();
  }

  private void learnHalf(long tick) {
    double now = learned.map(TokenBucket::perSecond).orElseGet(() -> meter.p95(tick));
    learnedTop = Math.max(learnedTop, now);
    learned = Optional.of(new TokenBucket(Math.max(1, now * HALF), tick));
    nextGrowth = tick + GROW_EVERY;
  }

  private void growBack(long tick) {
    while (learned.isPresent() && tick - nextGrowth >= 0) {
      nextGrowth += GROW_EVERY;
      learned.get().rate(learned.get().perSecond() * GROWTH, tick);
      if (learned.get().perSecond() > 2 * Math.max(1, learnedTop)) {
        learned = Optional.empty();
        learnedTop = 0;
      }
    }
  }

  private void pauseFor(Duration length, String why, long tick) {
    long until = tick + length.toNanos();
    if (pause(tick).map(p -> p.until() - until < 0).orElse(true)) {
      pause = Optional.of(new Pause(until, why));
    }
  }
}
