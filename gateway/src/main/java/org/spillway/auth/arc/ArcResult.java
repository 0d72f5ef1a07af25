package org.spillway.auth.arc;

import java.util.List;
import java.util.Locale;

/**
 * What was found of the chain of one message.
 *
 * @param state the chain validation status (RFC 8617 §4.4)
 * @param cause why
 * @param detail more about the cause, for people; may be empty
 * @param highest number of the newest set, 0 when there is none
 * @param oldestPass number of the oldest set from which on the message is unchanged, 0 when it was
 *     never changed (RFC 8617 §5.2 step 4); only for a chain that passes
 * @param sets oldest first, whatever the state, when they could be read
 */
public record ArcResult(
    State state, ArcCause cause, String detail, int highest, int oldestPass, List<ArcSet> sets) {

  /** RFC 8617 §4.4. */
  public enum State {
    NONE,
    PASS,
    FAIL;

    /** As it stands in cv= and in Authentication-Results. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ArcResult {
    sets = List.copyOf(sets);
  }

  /** True when asking again later may give another state. */
  public boolean isTemporary() {
    return cause == ArcCause.DNS;
  }
}
