package org.spillway.policy;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What every path of a copy must satisfy. They combine by {@link #meet}: the strictest wins, and a
 * set of regions that became empty excludes every site.
 *
 * @param tls the least safe TLS allowed on the hop
 * @param regions regions a site may lie in; empty Optional means any
 * @param agreements names of the agreements a site must have, for example {@code baa}
 * @param denied names of sites that must not carry it
 * @param spill false when it may go to its first site only
 * @param rules ids of the rules that these constraints come from
 */
public record Constraints(
    TlsFloor tls,
    Optional<Set<String>> regions,
    Set<String> agreements,
    Set<String> denied,
    boolean spill,
    Set<String> rules) {
  /** No demand at all. */
  public static final Constraints NONE =
      new Constraints(TlsFloor.NONE, Optional.empty(), Set.of(), Set.of(), true, Set.of());

  public Constraints {
    regions = regions.map(Set::copyOf);
    agreements = Set.copyOf(agreements);
    denied = Set.copyOf(denied);
    rules = Set.copyOf(rules);
  }

  /** The constraints that satisfy both. */
  public Constraints meet(Constraints other) {
    return new Constraints(
        tls.meet(other.tls),
        meetRegions(other.regions),
        union(agreements, other.agreements),
        union(denied, other.denied),
        spill && other.spill,
        union(rules, other.rules));
  }

  private Optional<Set<String>> meetRegions(Optional<Set<String>> others) {
    if (regions.isEmpty() || others.isEmpty()) {
      return regions.isPresent() ? regions : others;
    }
    Set<String> both = new TreeSet<>(regions.get());
    both.retainAll(others.get());
    return Optional.of(both);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }
}
