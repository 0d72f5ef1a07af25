package org.spillway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.route.RouteTable.Route;
import org.spillway.route.SiteName;

/** {@code routes}. */
final class RouteReader {
  private RouteReader() {}

  /** In the file's order, without those that name no direction or site. */
  static List<Sourced<Route>> routes(Section root) {
    List<Sourced<Route>> all = new ArrayList<>();
    for (Section section : root.listed("routes")) {
      Optional<Direction> direction = section.required("direction", Section.words(Direction.class));
      List<Domain> domains = section.list("domains", Form.DOMAIN);
      List<SiteName> sites = section.list("sites", Form.SITE);
      if (sites.isEmpty()) {
        section
            .reading()
            .shape(
                section.pointer().child("sites"),
                section.place("sites"),
                section.pointer() + " has no sites",
                "add sites: [NAME]");
      } else if (direction.isPresent()) {
        all.add(new Sourced<>(new Route(direction.get(), domains, sites), section));
      }
    }
    return all;
  }
}
