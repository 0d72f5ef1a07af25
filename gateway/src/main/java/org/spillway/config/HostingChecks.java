package org.spillway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.route.RouteTable.Route;
import org.spillway.route.Site;
import org.spillway.route.Site.Kind;
import org.spillway.route.SiteName;

/**
 * What may go, and spill, where (design §6): each site of a route against what the route carries.
 */
final class HostingChecks {
  private final Sourced<Route> route;
  private final Map<SiteName, Sourced<Site>> sites;

  HostingChecks(Sourced<Route> route, Map<SiteName, Sourced<Site>> sites) {
    this.route = route;
    this.sites = sites;
  }

  /** Mail for domains of ours only goes to sites that host them. */
  void inbound(List<Domain> targets) {
    List<Section.Located<SiteName>> named = route.source().values("sites", Form.SITE);
    for (int i = 0; i < named.size(); i++) {
      if (sites.containsKey(named.get(i).value())) {
        Site site = sites.get(named.get(i).value()).value();
        if (site.hostsDomains().isEmpty()) {
          hostsNothing(site, named.get(i).place(), targets);
        } else {
          carries(site, named.get(i).place());
          hosts(site, named.get(i).place(), i == 0 ? targets : List.of());
          spills(site, named.get(i).place(), i == 0 ? List.of() : targets);
        }
      }
    }
  }

  /** Internal mail takes the inbound routes when it has none of its own. */
  void internalToo() {
    boolean none =
        route.value().sites().stream()
            .allMatch(
                name ->
                    sites.containsKey(name)
                        && !sites.get(name).value().isRelay()
                        && !sites.get(name).value().directions().contains(Direction.INTERNAL));
    if (none) {
      tell(
          route.source().place(),
          "takes internal mail too, and none of its sites carries internal",
          "add it to directions of a site, or add a route {direction: internal, …}");
    }
  }

  private void hostsNothing(Site site, Place place, List<Domain> targets) {
    String domain = targets.isEmpty() ? "the domain" : targets.getFirst().name();
    if (site.isRelay()) {
      tell(
          place,
          "sends "
              + Section.word(route.value().direction())
              + " mail to "
              + site.name()
              + ", a mere "
              + Section.word(site.kind())
              + ": it would look up the MX of "
              + domain
              + " and send it straight back",
          site.kind() == Kind.RELAY
              ? "remove it, so that mail waits here, or add hosts-domains to it if the mailboxes"
                  + " are there"
              : "remove it, so that mail waits here");
    } else {
      tell(
          place,
          "sends "
              + Section.word(route.value().direction())
              + " mail to "
              + site.name()
              + ", which hosts no domain of ours",
          "add hosts-domains: [" + names(targets) + "] to sites." + site.name());
    }
  }

  private void hosts(Site site, Place place, List<Domain> targets) {
    List<Domain> foreign = new ArrayList<>(targets);
    foreign.removeAll(site.hostsDomains());
    if (!foreign.isEmpty()) {
      tell(
          place,
          "sends mail for "
              + names(foreign)
              + " first to "
              + site.name()
              + ", which does not host it",
          "add it to sites." + site.name() + ".hosts-domains, or give it a route of its own");
    }
  }

  private void spills(Site site, Place place, List<Domain> targets) {
    List<Domain> foreign = new ArrayList<>(targets);
    foreign.removeAll(site.hostsDomains());
    if (!foreign.isEmpty() && foreign.size() == targets.size()) {
      tell(
          place,
          "spills mail for " + names(foreign) + " to " + site.name() + ", which does not host it",
          "remove it, so that mail waits here, or add it to sites."
              + site.name()
              + ".hosts-domains if the mailboxes are there");
    } else if (!foreign.isEmpty() && !route.value().domains().isEmpty()) {
      route
          .source()
          .reading()
          .warn(
              place,
              route.source().path("sites")
                  + ": mail for "
                  + names(foreign)
                  + " does not spill to "
                  + site.name()
                  + ", which does not host it",
              "give it a route of its own to say so");
    }
  }

  /** Mail to the world needs a site that sends on. */
  void outbound() {
    for (Section.Located<SiteName> name : route.source().values("sites", Form.SITE)) {
      if (sites.containsKey(name.value())) {
        Site site = sites.get(name.value()).value();
        if (site.kind() == Kind.LMTP) {
          tell(
              name.place(),
              "sends outbound mail to " + site.name() + ", and LMTP only delivers to mailboxes",
              "use a site of kind relay, mx or smtp");
        } else {
          carries(site, name.place());
        }
      }
    }
  }

  private void carries(Site site, Place place) {
    Direction direction = route.value().direction();
    if (!site.directions().contains(direction)) {
      tell(
          place,
          "is "
              + Section.word(direction)
              + ", and "
              + site.name()
              + " carries only "
              + site.directions().stream()
                  .sorted()
                  .map(Section::word)
                  .collect(Collectors.joining(", ")),
          "add it to sites." + site.name() + ".directions");
    }
  }

  private void tell(Place place, String what, String mend) {
    route.source().reading().problem(place, route.source().pointer() + " " + what, mend);
  }

  private static String names(List<Domain> domains) {
    return domains.stream().map(Domain::name).collect(Collectors.joining(", "));
  }
}
