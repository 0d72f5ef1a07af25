package org.spillway.policy;

import java.util.List;

/**
 * One copy of a message: the recipients that share a fate as far as rules go.
 *
 * @param recipients indexes into the envelope's recipients, ascending
 * @param constraints what every path of this copy must satisfy
 */
public record Copy(List<Integer> recipients, Constraints constraints) {
  public Copy {
    recipients = List.copyOf(recipients);
  }
}
