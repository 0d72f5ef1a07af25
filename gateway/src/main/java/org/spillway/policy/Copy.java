package org.spillway.policy;

import java.util.List;
import org.spillway.mail.Direction;

/**
 * One copy of a message: the recipients that share a fate as far as rules go.
 *
 * @param recipients indexes into the envelope's recipients, ascending
 * @param direction which way they go; recipients of two directions never share a copy
 * @param constraints what every path of this copy must satisfy
 */
public record Copy(List<Integer> recipients, Direction direction, Constraints constraints) {
  public Copy {
    recipients = List.copyOf(recipients);
  }
}
