package org.spillway.deliver;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The {@link RetrySettings} applied, with chance so that retries do not march in step. */
public final class RetrySchedule {
  private volatile RetrySettings settings;
  private final RandomGenerator chance;

  /** A schedule; the generator is used by one thread at a time. */
  public RetrySchedule(RetrySettings settings, RandomGenerator chance) {
    this.settings = settings;
    this.chance = chance;
  }

  /** Goes by other settings from now on; a retry whose time is set keeps it. */
  void follow(RetrySettings next) {
    settings = next;
  }

  /** How long to wait after that many attempts, at least 1 (RFC 5321 §4.5.4.1). */
  public Duration delay(int attempts) {
    double share = 1 + settings.jitter() * (2 * draw() - 1);
    return Duration.ofNanos((long) (base(attempts).toNanos() * share));
  }

  private synchronized double draw() {
    return chance.nextDouble();
  }

  private Duration base(int attempts) {
    int listed = settings.first().size();
    if (attempts <= listed) {
      return settings.first().get(Math.max(0, attempts - 1));
    }
    Duration wait = settings.growFrom();
    for (int i = listed + 1; i < attempts && wait.compareTo(settings.growTo()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(settings.growTo()) > 0 ? settings.growTo() : wait;
  }

  /** How long a message is tried; our own notifications have a shorter life. */
  public Duration lifetime(boolean nullSender) {
    return nullSender ? settings.notificationLifetime() : settings.lifetime();
  }

  /** True when a message of that age is given up. */
  public boolean isExpired(boolean nullSender, Duration age) {
    return age.compareTo(lifetime(nullSender)) >= 0;
  }

  /** True when the sender of a message of that age may be told that it takes long. */
  public boolean isLate(Duration age) {
    return age.compareTo(settings.delayNotice()) >= 0;
  }

  /** Least wait after an Unknown outcome. */
  public Duration unknownHold() {
    return settings.unknownHold();
  }

  /**
   * How long until the delay notice or the end of the lifetime, whichever is next; not negative.
   *
   * @param told true when the delay notice was given
   */
  public Duration untilNext(boolean nullSender, Duration age, boolean told) {
    Duration end = lifetime(nullSender).minus(age);
    Duration notice = settings.delayNotice().minus(age);
    Duration next = told || notice.compareTo(end) > 0 ? end : notice;
    return next.isNegative() ? Duration.ZERO : next;
  }
}
