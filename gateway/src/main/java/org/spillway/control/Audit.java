package org.spillway.control;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Where every admin action, and every look at a message, is written down (invariant 10). */
@FunctionalInterface
public interface Audit {
  /**
   * Writes the lines down for good; returns when they are on disk. Throws when that fails: the
   * action that they are about must not go on then.
   */
  void note(List<Line> lines) throws IOException;

  /**
   * One thing a person did.
   *
   * @param at when
   * @param who the person
   * @param what the action and what it was for, for example {@code queue hold 01J…}
   * @param before how things stood; empty when nothing changes
   * @param after how they stand now; empty when nothing changes
   * @param why the reason given
   */
  record Line(Instant at, String who, String what, String before, String after, String why) {}
}
