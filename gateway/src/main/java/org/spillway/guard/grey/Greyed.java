package org.spillway.guard.grey;

import java.time.Duration;

/** How a triplet stands. */
public sealed interface Greyed {
  /**
   * It must come back.
   *
   * @param left how long it has to wait
   * @param first true when it was never seen before
   */
  record Waits(Duration left, boolean first) implements Greyed {}

  /** It passes. */
  record Passes(Why why) implements Greyed {}

  /** Why it passes. */
  enum Why {
    /** It came back in time, just now. */
    CAME_BACK,
    /** It came back before. */
    KNOWN,
    /** Enough others of its network came back. */
    NETWORK
  }
}
