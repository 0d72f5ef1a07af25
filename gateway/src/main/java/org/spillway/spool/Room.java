package org.spillway.spool;

/**
 * How full the spool is.
 *
 * @param usedBytes bytes held by segments and body files
 * @param capacityBytes what it may use
 * @param level with hysteresis, as the watermarks say
 */
public record Room(long usedBytes, long capacityBytes, Level level) {
  /** What the watermarks say. */
  public enum Level {
    /** Room enough. */
    NORMAL,
    /** Over 70 %: warn. */
    WARN,
    /** Over 85 % until under 80 %: bulk gets 452 4.3.1. */
    PRESSURE,
    /** Over 95 % until under 90 %: everybody gets 452 4.3.1. */
    FULL
  }
}
