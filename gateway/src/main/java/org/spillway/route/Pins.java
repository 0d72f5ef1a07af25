package org.spillway.route;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The admins' overrides. Each ends by itself after the time that was left when it was set, whatever
 * the wall clock does meanwhile. Not thread-safe.
 */
final class Pins {
  private record Kept(Pin pin, long until) {}

  private final InstantSource clock;
  private final Ticker ticker;
  private final Map<SiteName, Kept> kept = new HashMap<>();

  Pins(InstantSource clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
  }

  void set(SiteName site, Pin pin) {
    Duration left = Duration.between(clock.instant(), pin.until());
    long most = Long.MAX_VALUE / 4;
    long nanos = left.toDays() > 3650 ? most : Math.max(0, left.toNanos());
    kept.put(site, new Kept(pin, ticker.nanos() + nanos));
  }

  boolean end(SiteName site) {
    return kept.remove(site) != null;
  }

  Optional<Pin> of(SiteName site) {
    Kept pin = kept.get(site);
    return pin == null || pin.until() - ticker.nanos() <= 0
        ? Optional.empty()
        : Optional.of(pin.pin());
  }

  /** When the next one ends; {@code Long.MAX_VALUE} when none does. */
  long nextEnd() {
    long now = ticker.nanos();
    return kept.values().stream()
        .mapToLong(Kept::until)
        .filter(until -> until - now > 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
