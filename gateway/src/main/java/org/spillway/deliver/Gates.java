package org.spillway.deliver;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spillway.route.HealthBoard;
import org.spillway.route.Paths;
import org.spillway.route.Pause;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.route.Situation;
import org.spillway.route.Standing;

/** The gates of all sites, and the situation for a plan as they see it. */
final class Gates {
  private final HealthBoard board;
  private final Times times;
  private volatile int generation;
  private volatile Paths paths;
  private volatile Map<SiteName, Gate> gates = Map.of();

  Gates(Paths paths, HealthBoard board, Times times) {
    this.board = board;
    this.times = times;
    this.paths = paths;
    reconfigure(paths);
  }

  /** Counts the configurations: work planned under another one is planned anew. */
  int generation() {
    return generation;
  }

  Paths paths() {
    return paths;
  }

  /**
   * Takes other sites and routes, by one thread at a time; a site that stays as it was keeps its
   * gate.
   */
  void reconfigure(Paths next) {
    Map<SiteName, Gate> fresh = new HashMap<>();
    Map<SiteName, Standing> standings = board.standings();
    for (Site site : next.sites().values()) {
      Gate known = gates.get(site.name());
      fresh.put(
          site.name(),
          known != null && known.site().equals(site)
              ? known
              : new Gate(site, standings.get(site.name()), times.tick()));
    }
    generation = generation + 1;
    paths = next;
    gates = Map.copyOf(fresh);
  }

  Collection<Gate> all() {
    return gates.values();
  }

  Optional<Gate> of(SiteName site) {
    return Optional.ofNullable(gates.get(site));
  }

  /** The situation for new work. */
  Situation situation() {
    return situationFor(Optional.empty());
  }

  /**
   * The situation for work whose turn it is at a site: if that site waits for a canary, it is it.
   */
  Situation situationFor(Optional<SiteName> lane) {
    long tick = times.tick();
    Map<SiteName, Pause> pauses = Map.of();
    Set<SiteName> canaries = Set.of();
    for (Gate gate : gates.values()) {
      SiteName name = gate.site().name();
      Optional<Pause> pause = gate.pause(tick);
      if (pause.isPresent()) {
        pauses = pauses.isEmpty() ? new HashMap<>() : pauses;
        pauses.put(name, pause.get());
      }
      if (gate.canaryIsOut() && (lane.isEmpty() || !lane.get().equals(name))) {
        canaries = canaries.isEmpty() ? new HashSet<>() : canaries;
        canaries.add(name);
      }
    }
    return new Situation(paths.sites(), board.standings(), pauses, canaries, times.now(), tick);
  }
}
