package org.spillway.policy;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the whole policy set said for one message: its copies. Each recipient is in exactly one.
 *
 * @param copies in the order in which they were made
 */
public record Decision(List<Copy> copies) {
  public Decision {
    copies = List.copyOf(copies);
  }

  /** One copy for all recipients, without constraints. */
  public static Decision unconstrained(int recipients) {
    List<Integer> all = IntStream.range(0, recipients).boxed().toList();
    return new Decision(List.of(new Copy(all, Constraints.NONE)));
  }

  /** The constraints of the copy that holds a recipient. */
  public Constraints constraintsOf(int recipient) {
    for (Copy copy : copies) {
      if (copy.recipients().contains(recipient)) {
        return copy.constraints();
      }
    }
    throw new IllegalArgumentException("recipient " + recipient + " is in no copy");
  }
}
