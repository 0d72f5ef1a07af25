package org.spillway.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.spillway.route.SiteName;

/** One site's row of the queue, while it is counted. */
record Census(
    Optional<SiteName> site, long waiting, long inFlight, int connections, Duration oldest) {
  /** All rows, by the name of the site. */
  static List<Queue.SiteQueue> rows(Gates gates, TicketIndex index, long tick) {
    Map<String, Census> rows = new TreeMap<>();
    gates.all().forEach(gate -> rows.put(gate.site().name().text(), of(gate)));
    index.forEach(
        ticket -> {
          Optional<SiteName> site =
              ticket.isParked()
                  ? Optional.empty()
                  : ticket.lane().flatMap(Lane::gate).map(gate -> gate.site().name());
          Census none = new Census(site, 0, 0, 0, Duration.ZERO);
          String key = site.map(SiteName::text).orElse("");
          rows.put(key, rows.getOrDefault(key, none).plus(ticket, tick));
        });
    return rows.values().stream().map(Census::row).toList();
  }

  private static Census of(Gate gate) {
    int most = gate.lanes().stream().mapToInt(gate::limit).max().orElse(0);
    return new Census(Optional.of(gate.site().name()), 0, 0, most, Duration.ZERO);
  }

  Census plus(Ticket ticket, long tick) {
    int count = ticket.recipients().length;
    boolean flies = ticket.place == Ticket.Place.IN_FLIGHT;
    Duration age = Duration.ofNanos(tick - ticket.accepted);
    return new Census(
        site,
        waiting + (flies ? 0 : count),
        inFlight + (flies ? count : 0),
        connections,
        age.compareTo(oldest) > 0 ? age : oldest);
  }

  Queue.SiteQueue row() {
    return new Queue.SiteQueue(site, waiting, inFlight, connections, oldest);
  }
}
