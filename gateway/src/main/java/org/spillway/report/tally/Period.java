package org.spillway.report.tally;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time that one report is about.
 *
 * @param begin its first second, inclusive
 * @param end the second after its last
 */
public record Period(Instant begin, Instant end) {
  /** Reports name the last second that belongs to the period. */
  public Instant lastSecond() {
    return end.minusSeconds(1);
  }

  /** How long it is. */
  public Duration length() {
    return Duration.between(begin, end);
  }
}
