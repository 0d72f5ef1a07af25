package org.spillway.deliver;

import java.time.Instant;
import java.time.InstantSource;
import org.spillway.route.Ticker;

/**
 * The two clocks: one that people read and that may be stepped, one that only counts.
 *
 * @param clock for stamps on dispositions and events
 * @param ticker for every duration
 */
public record Times(InstantSource clock, Ticker ticker) {
  Instant now() {
    return clock.instant();
  }

  long tick() {
    return ticker.nanos();
  }
}
