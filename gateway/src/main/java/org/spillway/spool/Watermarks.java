package org.spillway.spool;

import org.spillway.spool.Room.Level;

/**
 * How full the spool is, with hysteresis.
 *
 * <pre>
 *   now        up                 down
 *   NORMAL     from 70 %: WARN    -
 *   WARN       from 85 %: PRESSURE   under 70 %: NORMAL
 *   PRESSURE   from 95 %: FULL    under 80 %: WARN (or NORMAL)
 *   FULL       -                  under 90 %: PRESSURE (or lower, as above)
 * </pre>
 */
public final class Watermarks {
  private Level level = Level.NORMAL;

  /** The room after looking at how much is used now. */
  public synchronized Room look(long usedBytes, long capacityBytes) {
    double percent = capacityBytes <= 0 ? 100 : 100.0 * usedBytes / capacityBytes;
    level = next(percent);
    return new Room(usedBytes, capacityBytes, level);
  }

  private Level next(double percent) {
    if (percent >= 95 || level == Level.FULL && percent >= 90) {
      return Level.FULL;
    }
    boolean wasPressed = level == Level.PRESSURE || level == Level.FULL;
    if (percent >= 85 || wasPressed && percent >= 80) {
      return Level.PRESSURE;
    }
    return percent >= 70 ? Level.WARN : Level.NORMAL;
  }
}
