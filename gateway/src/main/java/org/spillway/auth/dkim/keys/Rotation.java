package org.spillway.auth.dkim.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a selector stays in each stage; a pure function of time.
 *
 * @param publish for the record to be put into the DNS
 * @param delay for it to be seen everywhere
 * @param use for signing
 * @param retire for mail on its way; at least as long as we and others try to deliver
 */
public record Rotation(Duration publish, Duration delay, Duration use, Duration retire) {
  /** Three days, two days, half a year, two weeks. */
  public static final Rotation USUAL =
      new Rotation(
          Duration.ofDays(3), Duration.ofDays(2), Duration.ofDays(182), Duration.ofDays(14));

  /** Where a selector stands that was created at a time; before it, PUBLISH. */
  public Stage stage(Instant created, Instant now) {
    Instant end = created.plus(publish);
    if (now.isBefore(end)) {
      return Stage.PUBLISH;
    }
    end = end.plus(delay);
    if (now.isBefore(end)) {
      return Stage.WAIT;
    }
    end = end.plus(use);
    if (now.isBefore(end)) {
      return Stage.ACTIVE;
    }
    return now.isBefore(end.plus(retire)) ? Stage.RETIRING : Stage.RETIRED;
  }

  /** When the next selector is to be created, so that it is ready when this one retires. */
  public Instant successor(Instant created) {
    return created.plus(use);
  }
}
