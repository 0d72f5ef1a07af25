package org.spillway.spool;

import java.time.Instant;
import java.util.Optional;
import org.spillway.route.SiteName;
import org.spillway.route.Spill;

/** One recipient's standing. */
public sealed interface Disposition {
  /** When it came to stand so. */
  Instant at();

  /** True when nothing more will happen to the recipient. */
  default boolean isFinal() {
    return switch (this) {
      case Waiting _, Held _, Quarantined _ -> false;
      case Delivered _, Bounced _, Expired _, Discarded _ -> true;
    };
  }

  /**
   * It will be tried, or tried again.
   *
   * @param at since when
   * @param attempts how often it was tried
   * @param notBefore when it may be tried next
   * @param why the last reply or reason; empty before the first attempt
   * @param unknownAt present when an outcome was lost between final dot and reply: only that path
   *     may be tried (invariant 4)
   * @param delayNotified true once a delay notice was sent
   */
  record Waiting(
      Instant at,
      int attempts,
      Instant notBefore,
      String why,
      Optional<SiteName> unknownAt,
      boolean delayNotified)
      implements Disposition {
    /** The standing of a recipient that was just accepted. */
    public static Waiting fresh(Instant at) {
      return new Waiting(at, 0, at, "", Optional.empty(), false);
    }
  }

  /**
   * It stays here until a rule, an admin or the policy's clock lets it go.
   *
   * @param why what holds it
   * @param detail rule ids, or the admin's reason
   */
  record Held(Instant at, Reason why, String detail) implements Disposition {}

  /** What can hold a recipient. */
  enum Reason {
    POLICY,
    ADMIN,
    LOOP,
    APPROVAL
  }

  /**
   * A site took it.
   *
   * @param site which
   * @param hop host of it
   * @param relayed true when the site only took it for forwarding
   * @param spill present when it was a spill
   * @param dsnPassedOn true when success reports are now the hop's duty
   * @param reply the peer's words
   */
  record Delivered(
      Instant at,
      SiteName site,
      String hop,
      boolean relayed,
      Optional<Spill> spill,
      boolean dsnPassedOn,
      String reply)
      implements Disposition {}

  /** Refused for good; the sender was told where that is allowed. */
  record Bounced(Instant at, String status, String why) implements Disposition {}

  /** Its lifetime ended; the sender was told where that is allowed. */
  record Expired(Instant at, String why) implements Disposition {}

  /** Kept for a person to look at. */
  record Quarantined(Instant at, String why) implements Disposition {}

  /** Thrown away by an admin or a mandatory rule. */
  record Discarded(Instant at, String by, String why) implements Disposition {}
}
