package org.spillway.route;

import java.time.Instant;

/**
 * An admin's override for one site, until it expires.
 *
 * @param kind what is asked
 * @param until when it ends by itself
 * @param by who set it
 * @param why the reason given
 */
public record Pin(Kind kind, Instant until, String by, String why) {
  /** What an admin can ask for. */
  public enum Kind {
    /** Use the site whatever its health says: nothing spills from it. */
    FORCE_LOCAL,
    /** Treat the site as Down at once: its mail spills where it may. */
    FORCE_SPILL,
    /** No new mail to the site; what it had waits or spills. */
    DRAIN
  }
}
