package org.spillway.deliver;

import java.time.Duration;
import java.util.Optional;
import org.spillway.route.Refusal;
import org.spillway.spool.Disposition;

/**
 * What one turn came to for one recipient.
 *
 * @param now how it stands
 * @param next what the dispatcher does with it
 * @param delay how long until then, for {@link Next#LATER} and {@link Next#SITE}
 * @param refusal why the site of this turn is out of the question from now on
 * @param delayed true when the sender may be told now that it takes long
 */
public record Settled(
    Disposition now, Next next, Duration delay, Optional<Refusal> refusal, boolean delayed) {
  /** What the dispatcher does with a recipient. */
  public enum Next {
    /** Nothing: it is final or held. */
    DONE,
    /** Tries it after the delay, whatever the site does meanwhile. */
    LATER,
    /** Tries it after the delay, or as soon as the site is back or another may take it. */
    SITE,
    /** Plans it anew at once. */
    AGAIN,
    /** Keeps it until a site may take it. */
    PARK
  }

  static Settled done(Disposition now) {
    return new Settled(now, Next.DONE, Duration.ZERO, Optional.empty(), false);
  }
}
