package org.spillway.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.spillway.mail.Direction;

/**
 * What the whole policy set said for one message: its copies. Each recipient is in exactly one.
 *
 * @param copies in the order in which they were made
 */
public record Decision(List<Copy> copies) {
  public Decision {
    copies = List.copyOf(copies);
  }

  /** A copy for each direction that occurs, without constraints. */
  public static Decision unconstrained(List<Direction> directions) {
    Map<Direction, List<Integer>> byDirection = new EnumMap<>(Direction.class);
    for (int i = 0; i < directions.size(); i++) {
      byDirection.computeIfAbsent(directions.get(i), _ -> new ArrayList<>()).add(i);
    }
    List<Copy> copies = new ArrayList<>();
    byDirection.forEach((direction, who) -> copies.add(new Copy(who, direction, Constraints.NONE)));
    return new Decision(copies);
  }

  /** The copy that holds a recipient. */
  public Copy copyOf(int recipient) {
    for (Copy copy : copies) {
      if (copy.recipients().contains(recipient)) {
        return copy;
      }
    }
    throw new IllegalArgumentException("recipient " + recipient + " is in no copy");
  }
}
