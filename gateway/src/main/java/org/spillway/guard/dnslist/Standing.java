package org.spillway.guard.dnslist;

import java.util.List;

/**
 * How a client stands with all lists.
 *
 * @param score the sum of the weights of those that list it
 * @param listed those that list it
 * @param broken those that gave no usable answer
 */
public record Standing(int score, List<ListAnswer.Listed> listed, List<ListAnswer.Broken> broken) {
  /** Nothing was asked. */
  public static final Standing NONE = new Standing(0, List.of(), List.of());

  public Standing {
    listed = List.copyOf(listed);
    broken = List.copyOf(broken);
  }

  /** The sum of the answers. */
  static Standing of(List<ListAnswer> answers) {
    List<ListAnswer.Listed> listed =
        answers.stream()
            .filter(ListAnswer.Listed.class::isInstance)
            .map(ListAnswer.Listed.class::cast)
            .toList();
    List<ListAnswer.Broken> broken =
        answers.stream()
            .filter(ListAnswer.Broken.class::isInstance)
            .map(ListAnswer.Broken.class::cast)
            .toList();
    return new Standing(listed.stream().mapToInt(ListAnswer.Listed::weight).sum(), listed, broken);
  }

  /** True when some list vouches for it and the score is not against it. */
  public boolean isVouchedFor() {
    return score <= 0 && listed.stream().anyMatch(l -> l.weight() < 0);
  }
}
