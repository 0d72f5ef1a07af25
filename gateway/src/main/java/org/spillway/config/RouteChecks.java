package org.spillway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spillway.admit.HostedDomain;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.route.RouteTable.Route;
import org.spillway.route.Site;
import org.spillway.route.SiteName;

/** What must hold between domains, sites and routes: every message has a way, and none loops. */
final class RouteChecks {
  private final Section root;
  private final Map<Domain, Sourced<HostedDomain>> domains = new LinkedHashMap<>();
  private final Map<SiteName, Sourced<Site>> sites;

  RouteChecks(
      Section root, List<Sourced<HostedDomain>> domains, Map<SiteName, Sourced<Site>> sites) {
    this.root = root;
    this.sites = sites;
    domains.forEach(d -> this.domains.put(d.value().name(), d));
  }

  /**
   * Checks all.
   *
   * @param senders whether anybody may send to the world
   * @param largestMessage the size that is taken in
   */
  void run(List<Sourced<Route>> routes, boolean senders, long largestMessage) {
    for (int i = 0; i < routes.size(); i++) {
      Sourced<Route> route = routes.get(i);
      knownSites(route);
      knownDomains(route);
      reached(route, routes.subList(0, i));
      HostingChecks hosting = new HostingChecks(route, sites);
      switch (route.value().direction()) {
        case INBOUND, INTERNAL -> hosting.inbound(targets(route.value(), routes.subList(0, i)));
        case OUTBOUND -> hosting.outbound();
      }
      size(route, largestMessage);
    }
    boolean internal = routes.stream().anyMatch(r -> isFor(r, Direction.INTERNAL));
    if (senders && !internal) {
      routes.stream()
          .filter(r -> isFor(r, Direction.INBOUND))
          .forEach(r -> new HostingChecks(r, sites).internalToo());
    }
    covered(routes, senders);
    unused(routes);
    hostedDomains();
  }

  private static boolean isFor(Sourced<Route> route, Direction direction) {
    return route.value().direction() == direction;
  }

  private void knownSites(Sourced<Route> route) {
    Set<SiteName> seen = new HashSet<>();
    for (Section.Located<SiteName> site : route.source().values("sites", Form.SITE)) {
      if (!sites.containsKey(site.value()) && !isBroken(site.value())) {
        List<String> known = sites.keySet().stream().map(SiteName::text).toList();
        root.reading()
            .problem(
                site.place(),
                route.source().path("sites") + " names " + site.value() + ", which is no site",
                Nearest.mendOrAdd(site.value().text(), known, "sites"));
      } else if (!seen.add(site.value())) {
        root.reading()
            .problem(
                site.place(),
                route.source().path("sites") + " names " + site.value() + " twice",
                "keep one of them");
      }
    }
  }

  /** A site that stands in the file and could not be read has its own problem. */
  private boolean isBroken(SiteName name) {
    return root.section("sites").has(name.text());
  }

  private void knownDomains(Sourced<Route> route) {
    boolean toUs = route.value().direction() != Direction.OUTBOUND;
    for (Section.Located<Domain> domain : route.source().values("domains", Form.DOMAIN)) {
      Optional<HostedDomain> ours =
          Optional.ofNullable(domains.get(domain.value())).map(Sourced::value);
      if (toUs && ours.isEmpty()) {
        tell(route, domain, "which is not one of the domains", knownDomain(domain.value()));
      } else if (!toUs && ours.isPresent()) {
        tell(route, domain, "which is ours, so never outbound", "remove it");
      } else if (ours.isPresent() && ours.get().aliasOf().isPresent()) {
        String target = ours.get().aliasOf().get().name();
        tell(route, domain, "whose mail goes as that of " + target, "name " + target + " instead");
      }
    }
  }

  private void tell(Sourced<Route> route, Section.Located<Domain> domain, String why, String mend) {
    String what = route.source().path("domains") + " names " + domain.value() + ", " + why;
    root.reading().problem(domain.place(), what, mend);
  }

  private String knownDomain(Domain domain) {
    List<String> known = domains.keySet().stream().map(Domain::name).toList();
    return Nearest.mendOrAdd(domain.name(), known, "domains");
  }

  private void reached(Sourced<Route> route, List<Sourced<Route>> before) {
    Set<Domain> left = new HashSet<>(route.value().domains());
    for (Sourced<Route> other : before) {
      if (other.value().direction() == route.value().direction()) {
        left.removeAll(other.value().domains());
        if (other.value().domains().isEmpty()
            || left.isEmpty() && !route.value().domains().isEmpty()) {
          root.reading()
              .warn(
                  route.source().place(),
                  route.source().pointer() + " is never used: routes above it match first",
                  "move it up or remove it");
          return;
        }
      }
    }
  }

  /** The domains of ours that take this route. */
  private List<Domain> targets(Route route, List<Sourced<Route>> before) {
    List<Domain> left = new ArrayList<>(domains.keySet());
    left.removeIf(name -> domains.get(name).value().aliasOf().isPresent());
    if (!route.domains().isEmpty()) {
      left.retainAll(route.domains());
    }
    for (Sourced<Route> other : before) {
      if (other.value().direction() == route.direction()) {
        left.removeAll(other.value().domains());
      }
    }
    return left;
  }

  /** Mail that every site of its route refuses for its size would come in and bounce. */
  private void size(Sourced<Route> route, long largestMessage) {
    List<Site> known =
        route.value().sites().stream()
            .filter(sites::containsKey)
            .map(name -> sites.get(name).value())
            .toList();
    long most =
        known.stream()
            .mapToLong(site -> site.limits().sizeBytes().orElse(Long.MAX_VALUE))
            .max()
            .orElse(Long.MAX_VALUE);
    if (most < largestMessage) {
      route
          .source()
          .warn(
              "sites",
              "takes messages up to " + Units.show(most) + ", and larger ones come in and bounce",
              "set limits.size to " + Units.show(most) + ", or add a site that takes more");
    }
  }

  private void covered(List<Sourced<Route>> routes, boolean senders) {
    for (Sourced<HostedDomain> domain : domains.values()) {
      Domain name = domain.value().name();
      boolean has = domain.value().aliasOf().isPresent() || matches(routes, name);
      if (!has) {
        root.reading()
            .problem(
                domain.source().place(),
                "no route takes mail for " + name,
                "add {direction: inbound, domains: [" + name + "], sites: [SITE]} to routes");
      }
    }
    boolean outbound =
        routes.stream()
            .map(Sourced::value)
            .anyMatch(r -> r.direction() == Direction.OUTBOUND && r.domains().isEmpty());
    if (senders && !outbound) {
      root.reading()
          .problem(
              root.place("routes"),
              "no route takes mail to the world, and networks or users may send it",
              "add {direction: outbound, sites: [SITE]} to routes");
    }
    if (!senders && domains.isEmpty() && !root.hasAny("domains", "networks")) {
      root.reading()
          .warn(
              Place.TOP,
              "all mail would be refused: there are no domains, networks or users",
              "add domains for inbound mail, networks for outbound");
    }
  }

  private static boolean matches(List<Sourced<Route>> routes, Domain name) {
    return routes.stream()
        .map(Sourced::value)
        .filter(r -> r.direction() == Direction.INBOUND)
        .anyMatch(r -> r.domains().isEmpty() || r.domains().contains(name));
  }

  private void unused(List<Sourced<Route>> routes) {
    Set<SiteName> used = new HashSet<>();
    routes.forEach(r -> used.addAll(r.value().sites()));
    sites.forEach(
        (name, site) -> {
          if (!used.contains(name)) {
            Section section = site.source();
            String what = "no route uses the site " + name;
            root.reading().warn(section.place(), what, "add it to a route or remove it");
          }
        });
  }

  private void hostedDomains() {
    for (Sourced<Site> site : sites.values()) {
      for (Section.Located<Domain> domain : site.source().values("hosts-domains", Form.DOMAIN)) {
        if (!domains.containsKey(domain.value())) {
          root.reading()
              .problem(
                  domain.place(),
                  site.source().path("hosts-domains")
                      + " names "
                      + domain.value()
                      + ", which is not one of the domains",
                  knownDomain(domain.value()));
        }
      }
    }
  }
}
