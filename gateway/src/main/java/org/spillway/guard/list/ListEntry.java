package org.spillway.guard.list;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the lists.
 *
 * @param side what it says
 * @param subject of whom
 * @param until when it ends; empty for never
 * @param owner who answers for it, one word
 * @param reason why, one line; may be empty
 */
public record ListEntry(
    Side side, Subject subject, Optional<Instant> until, String owner, String reason) {
  /** What an entry says. */
  public enum Side {
    ALLOW,
    DENY
  }

  /** True when it no longer holds. */
  public boolean isOver(Instant now) {
    return until.isPresent() && !now.isBefore(until.get());
  }
}
