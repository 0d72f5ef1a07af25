package org.spillway.route;

import java.time.Duration;
import java.util.Optional;

/**
 * How a site stands, as a plan needs it.
 *
 * @param health for people
 * @param phase for the planner
 * @param outageSince when it went down, as a {@link Ticker} tells time; counts until it is trusted
 *     again, and means nothing while it serves
 * @param pin an admin's override in force
 */
public record Standing(Health health, Phase phase, long outageSince, Optional<Pin> pin) {
  /** Where it is between trusted and down. */
  public enum Phase {
    /** It takes mail and is trusted. */
    SERVING,
    /** It takes nothing. */
    DOWN,
    /** Probes are good again; one message goes first. */
    CANARY,
    /** The first message went well; mail that may spill still does, until it is stable. */
    RETURNING
  }

  /** True when that override is in force. */
  public boolean isPinned(Pin.Kind kind) {
    return pin.isPresent() && pin.get().kind() == kind;
  }

  /** True when mail that belongs to it goes there first. */
  public boolean isTrusted() {
    return phase == Phase.SERVING || isPinned(Pin.Kind.FORCE_LOCAL);
  }

  /** True when it must not be given mail for its health. */
  public boolean isDown() {
    return phase == Phase.DOWN && !isPinned(Pin.Kind.FORCE_LOCAL);
  }

  /** How long the outage lasts by now. */
  public Duration outage(long tick) {
    return phase == Phase.SERVING ? Duration.ZERO : Duration.ofNanos(tick - outageSince);
  }
}
