package org.spillway.route;

import java.util.List;
import java.util.Optional;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;

/**
 * The ordered sites for a direction and recipient domain. The first is where mail belongs; the
 * others are where it may spill.
 *
 * @param routes in the order of the file; the first that matches counts
 */
public record RouteTable(List<Route> routes) {
  public RouteTable {
    routes = List.copyOf(routes);
  }

  /**
   * One line of the table.
   *
   * @param direction the direction it is for
   * @param domains recipient domains it is for; empty means every domain
   * @param sites in order of preference, at least one
   */
  public record Route(Direction direction, List<Domain> domains, List<SiteName> sites) {
    public Route {
      domains = List.copyOf(domains);
      sites = List.copyOf(sites);
    }

    boolean matches(Direction wanted, Domain domain) {
      return direction == wanted && (domains.isEmpty() || domains.contains(domain));
    }
  }

  /** The route of a recipient domain; internal mail goes as inbound does unless it has its own. */
  public Optional<Route> route(Direction direction, Domain domain) {
    Optional<Route> own = routes.stream().filter(r -> r.matches(direction, domain)).findFirst();
    return own.isPresent() || direction != Direction.INTERNAL
        ? own
        : route(Direction.INBOUND, domain);
  }
}
