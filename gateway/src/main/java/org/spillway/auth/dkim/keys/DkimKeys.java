package org.spillway.auth.dkim.keys;

import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.SigningKey;
import org.spillway.mail.Domain;

/**
 * The selectors we have, and which of them sign now. Nothing here runs by itself: the same time
 * gives the same answer.
 */
public final class DkimKeys {
  private final Map<Domain, List<Selector>> byDomain;
  private final Rotation rotation;

  /** Holds these selectors, in any order, each of which lives as the rotation says. */
  public DkimKeys(List<Selector> selectors, Rotation rotation) {
    this.byDomain =
        selectors.stream().collect(Collectors.groupingBy(Selector::domain, TreeMap::new, toList()));
    this.rotation = rotation;
  }

  /** All selectors, by domain. */
  public List<Selector> selectors() {
    return byDomain.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The keys to sign with for a domain, one of each algorithm, RSA first: its own, or those of the
   * nearest domain above it that has any. Empty when there are none.
   */
  public List<SigningKey> signing(Domain from, Instant now) {
    return owner(from)
        .map(
            domain ->
                Arrays.stream(Algorithm.values())
                    .flatMap(algorithm -> signing(domain, algorithm, now).stream())
                    .map(Selector::signingKey)
                    .toList())
        .orElse(List.of());
  }

  private Optional<Domain> owner(Domain from) {
    String name = from.name();
    for (int dot = -1; ; dot = name.indexOf('.', dot + 1)) {
      Domain at = new Domain(name.substring(dot + 1));
      if (byDomain.containsKey(at)) {
        return Optional.of(at);
      }
      if (name.indexOf('.', dot + 1) < 0) {
        return Optional.empty();
      }
    }
  }

  /** The newest in use; else the newest that retires, for unsigned mail is worse. */
  private Optional<Selector> signing(Domain domain, Algorithm algorithm, Instant now) {
    return newest(domain, algorithm, Stage.ACTIVE, now)
        .or(() -> newest(domain, algorithm, Stage.RETIRING, now));
  }

  private Optional<Selector> newest(Domain domain, Algorithm algorithm, Stage stage, Instant now) {
    return of(domain, algorithm).stream()
        .filter(selector -> selector.stage(rotation, now) == stage)
        .max(AGE);
  }

  private static final Comparator<Selector> AGE =
      Comparator.<Selector, Instant>comparing(s -> s.file().created().orElse(Instant.MIN))
          .thenComparing(Selector::name);

  private List<Selector> of(Domain domain, Algorithm algorithm) {
    return byDomain.getOrDefault(domain, List.of()).stream()
        .filter(selector -> selector.file().key().algorithm() == algorithm)
        .toList();
  }

  /** What is to be done now, by domain and algorithm. */
  public List<RotationStep> due(Instant now) {
    List<RotationStep> due = new ArrayList<>();
    for (Domain domain : byDomain.keySet()) {
      for (Algorithm algorithm : Algorithm.values()) {
        List<Selector> all = of(domain, algorithm);
        all.stream().max(AGE).flatMap(newest -> next(newest, now)).ifPresent(due::add);
        all.stream().flatMap(selector -> step(selector, now).stream()).forEach(due::add);
      }
    }
    return due;
  }

  private Optional<RotationStep> next(Selector newest, Instant now) {
    Algorithm algorithm = newest.file().key().algorithm();
    return newest
        .file()
        .created()
        .filter(created -> !now.isBefore(rotation.successor(created)))
        .map(
            _ ->
                new RotationStep.Create(
                    newest.domain(), algorithm, Selector.nameFor(algorithm, now)));
  }

  private Optional<RotationStep> step(Selector selector, Instant now) {
    return switch (selector.stage(rotation, now)) {
      case PUBLISH -> Optional.of(new RotationStep.Publish(selector));
      case WAIT, ACTIVE -> Optional.empty();
      case RETIRING ->
          signing(selector.domain(), selector.file().key().algorithm(), now)
              .filter(selector::equals)
              .map(RotationStep.Overdue::new);
      case RETIRED -> Optional.of(new RotationStep.Withdraw(selector));
    };
  }
}
