package org.spillway.route;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The sites left for one copy after constraints and health, and every site left out with its
 * reason. When no step is left the copy waits.
 *
 * @param steps in the order in which to try them
 * @param leftOut the other sites of the route
 * @param otherwise what to do when there is no step
 */
public record Plan(List<Step> steps, List<LeftOut> leftOut, Otherwise otherwise) {
  public Plan {
    steps = List.copyOf(steps);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * One site to try.
   *
   * @param site which
   * @param spill present when it is not the route's first site because that one is down
   */
  public record Step(SiteName site, Optional<Spill> spill) {}

  /**
   * A site that must not be tried now.
   *
   * @param site which
   * @param why the reason
   * @param detail for people
   */
  public record LeftOut(SiteName site, Why why, String detail) {}

  /** Why a site is left out. */
  public enum Why {
    DIRECTION,
    NOT_HOSTED,
    SENDER_NOT_ALLOWED,
    NULL_SENDER,
    CONSTRAINTS,
    SIZE,
    DOWN,
    DRAINED,
    PINNED,
    QUOTA,
    SPILL_TOO_EARLY,
    SPILL_FORBIDDEN,
    UNKNOWN_OUTCOME_ELSEWHERE,
    REFUSED_BEFORE
  }

  /** What becomes of a copy without steps. */
  public sealed interface Otherwise {
    /** It waits, and is looked at again when health changes or at that time. */
    record Wait(String why, Instant lookAgain) implements Otherwise {}

    /** Constraints exclude every site: held, with the rule ids. */
    record HeldByPolicy(List<String> rules) implements Otherwise {}

    /** No site can ever take it (too large for each, no route): it is returned. */
    record Return(String status, String why) implements Otherwise {}
  }
}
