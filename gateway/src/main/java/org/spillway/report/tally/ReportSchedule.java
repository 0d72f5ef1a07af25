package org.spillway.report.tally;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * When reports are made: pure functions of time. Periods follow UTC (RFC 8460 §4.1 asks for a UTC
 * day; RFC 9989 §5.3.8 for at least one report in 24 hours).
 *
 * @param length of a period; a whole part of a day, or a day
 * @param spread over which the reports of a period are sent, so that not all arrive at midnight
 *     (RFC 8460 §4.1); less than the length
 */
public record ReportSchedule(Duration length, Duration spread) {
  /** A day, sent within four hours after it. */
  public static final ReportSchedule DAILY =
      new ReportSchedule(Duration.ofDays(1), Duration.ofHours(4));

  public ReportSchedule {
    long seconds = length.toSeconds();
    if (seconds <= 0 || 86_400 % seconds != 0 || spread.isNegative()) {
      throw new IllegalArgumentException("a period is a whole part of a day: " + length);
    }
  }

  /** The period that holds this moment. */
  public Period period(Instant moment) {
    long seconds = length.toSeconds();
    long begin = Math.floorDiv(moment.getEpochSecond(), seconds) * seconds;
    return new Period(Instant.ofEpochSecond(begin), Instant.ofEpochSecond(begin + seconds));
  }

  /** The last period that is over. */
  public Period before(Instant moment) {
    return period(period(moment).begin().minusSeconds(1));
  }

  /**
   * When the report of a period to somebody is sent: the same moment however often asked.
   *
   * @param to for example the policy domain
   */
  public Instant sendAt(Period period, String to) {
    if (spread.isZero()) {
      return period.end();
    }
    CRC32C sum = new CRC32C();
    sum.update(to.getBytes(StandardCharsets.UTF_8));
    return period.end().plusSeconds(sum.getValue() % Math.max(1, spread.toSeconds()));
  }
}
