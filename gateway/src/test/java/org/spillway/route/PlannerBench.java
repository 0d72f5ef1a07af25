package org.spillway.route;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.spillway.mail.Address;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.ReversePath;
import org.spillway.policy.Constraints;
import org.spillway.route.Plan.Why;

/** Sites, how they stand, and the question to the planner; tests fill it in. */
class PlannerBench {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final long TICK = Duration.ofHours(1).toNanos();
  static final Domain OURS = new Domain("example.com");
  static final Domain WORLD = new Domain("world.example");
  static final SiteName ONPREM = new SiteName("onprem");
  static final SiteName CLOUD = new SiteName("cloud");

  final Map<SiteName, Site> sites = new HashMap<>();
  final Map<SiteName, Standing> standings = new HashMap<>();
  final Map<SiteName, Pause> pauses = new HashMap<>();
  final Set<SiteName> canariesOut = new HashSet<>();
  final List<SiteName> order = new ArrayList<>();

  PlannerBench has(Site site) {
    sites.put(site.name(), site);
    order.add(site.name());
    return this;
  }

  void hybrid() {
    has(SampleSite.pool("onprem").site()).has(SampleSite.relay("cloud").site());
  }

  Ask ask(Direction direction, Constraints constraints) {
    RouteTable.Route route = new RouteTable.Route(direction, List.of(), order);
    Paths paths = new Paths(sites, new RouteTable(List.of(route)));
    ReversePath from = ReversePath.of(Address.parse("ann@example.com").orElseThrow());
    Domain domain = direction == Direction.OUTBOUND ? WORLD : OURS;
    return Ask.of(direction, domain, from, constraints, paths);
  }

  Ask outbound() {
    return ask(Direction.OUTBOUND, Constraints.NONE);
  }

  Plan plan(Ask ask) {
    return plan(ask, 1000);
  }

  Plan plan(Ask ask, long size) {
    return Planner.plan(ask, size, new Situation(sites, standings, pauses, canariesOut, NOW, TICK));
  }

  static String steps(Plan plan) {
    return plan.steps().stream()
        .map(s -> s.site() + (s.spill().isPresent() ? "(spill)" : ""))
        .collect(Collectors.joining(" "));
  }

  static Map<String, Why> leftOut(Plan plan) {
    return plan.leftOut().stream()
        .collect(Collectors.toMap(out -> out.site().text(), Plan.LeftOut::why));
  }

  void stands(SiteName site, Standing.Phase phase, int secondsAgo, Pin.Kind... pins) {
    Instant since = NOW.minusSeconds(secondsAgo);
    Health health =
        phase == Standing.Phase.DOWN ? new Health.Down(since, "refused") : new Health.Up(since, "");
    Optional<Pin> pin =
        pins.length == 0
            ? Optional.empty()
            : Optional.of(new Pin(pins[0], NOW.plusSeconds(60), "root", "works"));
    long outage = TICK - Duration.ofSeconds(secondsAgo).toNanos();
    standings.put(site, new Standing(health, phase, outage, pin));
  }

  /** A relay that claims to carry every direction. */
  record SiteBuilder(String name) {
    Site relayForAll() {
      Site relay = SampleSite.relay(name).site();
      return new Site(
          relay.name(),
          relay.kind(),
          relay.hosts(),
          relay.balance(),
          relay.tls(),
          relay.login(),
          relay.region(),
          relay.agreements(),
          Set.of(Direction.values()),
          relay.hostsDomains(),
          relay.allowedFrom(),
          relay.nullSender(),
          relay.sourceAddress(),
          relay.helo(),
          relay.preferIpv4(),
          relay.limits(),
          relay.timeouts(),
          relay.health());
    }
  }
}
