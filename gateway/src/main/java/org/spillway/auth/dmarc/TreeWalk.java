package org.spillway.auth.dmarc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/**
 * The walk up the tree of names (RFC 9989 §4.10), for one message: what was asked once is not asked
 * again, so that the walks for several domains share their upper part.
 */
final class TreeWalk {
  /** RFC 9989 §4.10: eight queries a walk, the first and then at most seven labels upwards. */
  private static final int MOST_LABELS = 7;

  /** What stands at one name. */
  sealed interface Place {}

  /** One record that begins as a DMARC record. */
  record Holds(DmarcRecord.Reading reading) implements Place {}

  /** None, or several, which then all count as none (step 2). */
  record Empty(boolean several) implements Place {}

  /** The DNS did not say. */
  record Unanswered(String why) implements Place {}

  /** A name on the way and what stands there. */
  record Step(Domain at, Place place) {
    Psd psd() {
      return place instanceof Holds(DmarcRecord.Reading reading) ? psdOf(reading) : Psd.UNKNOWN;
    }

    boolean isValid() {
      return place instanceof Holds(DmarcRecord.Reading reading)
          && reading instanceof DmarcRecord.Valid;
    }

    private static Psd psdOf(DmarcRecord.Reading reading) {
      return switch (reading) {
        case DmarcRecord.Valid(DmarcRecord record) -> record.psd();
        case DmarcRecord.Invalid(String _, Psd psd) -> psd;
        case DmarcRecord.Foreign _ -> Psd.UNKNOWN;
      };
    }
  }

  /** Where a walk ended. */
  sealed interface Walked {}

  /**
   * All that was wanted is known.
   *
   * @param organizational the organizational domain of where it started
   * @param suffix the step that is a public suffix (psd=y), when one ended the walk
   */
  record Ended(List<Step> steps, Domain organizational, Optional<Step> suffix) implements Walked {}

  /** A name on the way could not be asked about. */
  record Broken(String why) implements Walked {}

  private final Dns dns;
  private final Rules rules;
  private final Map<Domain, Place> seen = new HashMap<>();
  private final List<String> queries = new ArrayList<>();

  TreeWalk(Dns dns, Rules rules) {
    this.dns = dns;
    this.rules = rules;
  }

  /** The names asked so far, in order. */
  List<String> queries() {
    return List.copyOf(queries);
  }

  /** What stands at {@code _dmarc} below this name. */
  Place at(Domain domain) {
    return seen.computeIfAbsent(domain, this::ask);
  }

  private Place ask(Domain domain) {
    String name = "_dmarc." + domain.name();
    if (name.length() > 253) { // RFC 1035 §2.3.4
      return new Empty(false);
    }
    queries.add(name);
    return switch (dns.txt(name)) {
      case Answer.Found<String>(List<String> texts, boolean _) -> place(texts);
      case Answer.Absent<String> _ -> new Empty(false);
      case Answer.Failed<String>(String why) -> new Unanswered(name + ": " + why);
    };
  }

  /** RFC 9989 §4.10 steps 2 and 6. */
  private Place place(List<String> texts) {
    List<DmarcRecord.Reading> records =
        texts.stream()
            .map(text -> DmarcRecord.parse(text, rules))
            .filter(reading -> !(reading instanceof DmarcRecord.Foreign))
            .limit(2)
            .toList();
    return records.size() == 1 ? new Holds(records.getFirst()) : new Empty(records.size() > 1);
  }

  /** Walks from a domain to the top, or to the first psd=y or psd=n (RFC 9989 §4.10). */
  Walked from(Domain start) {
    List<Step> steps = new ArrayList<>();
    Optional<Domain> next = Optional.of(start);
    while (next.isPresent()) {
      Domain target = next.get();
      Step step = new Step(target, at(target));
      if (step.place() instanceof Unanswered(String why)) {
        return new Broken(why);
      }
      steps.add(step);
      next = step.psd() == Psd.UNKNOWN ? above(target) : Optional.empty();
    }
    return select(start, steps);
  }

  /** RFC 9989 §4.10 steps 4 and 7: one label less, or seven where there were eight or more. */
  private static Optional<Domain> above(Domain domain) {
    String[] labels = domain.name().split("\\.");
    int keep = Math.min(labels.length - 1, MOST_LABELS);
    if (keep == 0) {
      return Optional.empty();
    }
    List<String> kept = List.of(labels).subList(labels.length - keep, labels.length);
    return Optional.of(new Domain(String.join(".", kept)));
  }

  /** RFC 9989 §4.10.2, from the longest name to the shortest. */
  private static Walked select(Domain start, List<Step> steps) {
    Domain organizational = start; // when the process does not determine it
    for (Step step : steps) {
      if (step.psd() == Psd.NO) { // 1.
        return new Ended(steps, step.at(), Optional.empty());
      }
      if (step.psd() == Psd.YES && !step.at().equals(start)) { // 2.
        return new Ended(steps, below(step.at(), start), Optional.of(step));
      }
      if (step.isValid()) { // 3. the one with the fewest labels
        organizational = step.at();
      }
    }
    return new Ended(steps, organizational, Optional.empty());
  }

  /** The name one label below a public suffix, towards where the walk started. */
  private static Domain below(Domain suffix, Domain start) {
    String rest = start.name().substring(0, start.name().length() - suffix.name().length() - 1);
    return new Domain(rest.substring(rest.lastIndexOf('.') + 1) + "." + suffix.name());
  }
}
