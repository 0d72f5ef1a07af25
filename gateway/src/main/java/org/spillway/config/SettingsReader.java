package org.spillway.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.admit.AdmissionSettings;
import org.spillway.admit.HostedDomain;
import org.spillway.mail.Network;
import org.spillway.route.RouteTable;
import org.spillway.route.RouteTable.Route;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.smtp.mina.ListenerSettings;
import org.spillway.smtp.server.SessionLimits;
import org.spillway.spool.SpoolSettings;

/**
 * From sections to settings. It reads the whole file even when a part is wrong, so that all
 * problems are told at once; what it gives back is of use only when there are none.
 */
final class SettingsReader {
  private static final int WIDE_IPV4 = 8;
  private static final int WIDE_IPV6 = 16;

  private final Reading reading;

  SettingsReader(Reading reading) {
    this.reading = reading;
  }

  Settings read(Section root) {
    StorageReader storage = new StorageReader(root);
    ListenerReader sockets = new ListenerReader(root);
    LimitsReader bounds = new LimitsReader(root);
    GuardReader guard = new GuardReader(root);
    List<Sourced<HostedDomain>> domains = new DomainReader(root).domains();
    Map<SiteName, Sourced<Site>> sites = new SiteReader(root).sites();
    List<Sourced<Route>> routes = RouteReader.routes(root);
    Settings.Node node = storage.node();
    SessionLimits limits = bounds.limits();
    SpoolSettings spool = storage.spool(node.dataDirectory());
    storage.checkCapacity(spool, limits.sizeBytes());
    List<ListenerSettings> listeners = sockets.listeners();
    List<Network> networks = networks(root);
    boolean senders =
        !networks.isEmpty() || listeners.stream().anyMatch(ListenerSettings::submission);
    new RouteChecks(root, domains, sites).run(routes, senders, limits.sizeBytes());
    return new Settings(
        node,
        listeners,
        sockets.tls(),
        sockets.accounts(),
        new AdmissionSettings(
            values(domains),
            networks,
            limits.sizeBytes(),
            bounds.receivedHops(),
            guard.guard(),
            guard.monitored(),
            new AuthenticationReader(root).authentication()),
        byName(sites),
        new RouteTable(values(routes)),
        limits,
        bounds.retry(),
        replies(root),
        spool,
        storage.database(node.dataDirectory()),
        storage.logging(),
        reports(root));
  }

  private static <T> List<T> values(List<Sourced<T>> all) {
    return all.stream().map(Sourced::value).toList();
  }

  private static Map<SiteName, Site> byName(Map<SiteName, Sourced<Site>> sites) {
    Map<SiteName, Site> plain = new LinkedHashMap<>();
    sites.forEach((name, site) -> plain.put(name, site.value()));
    return plain;
  }

  private static Optional<Settings.Reports> reports(Section root) {
    Section section = root.section("reports");
    return section
        .value("from", Form.ADDRESS)
        .map(
            from ->
                new Settings.Reports(
                    from, section.text("organization").orElse(from.domain().name())));
  }

  private static Optional<Path> replies(Section root) {
    Optional<Path> file = root.file("replies");
    file.ifPresent(path -> NamedFiles.text(root, "replies", path));
    return file;
  }

  private List<Network> networks(Section root) {
    List<Section.Located<Network>> all = root.values("networks", Form.NETWORK);
    for (Section.Located<Network> network : all) {
      int prefix = network.value().prefix();
      boolean v6 = network.value().base().getAddress().length > 4;
      if (prefix == 0) {
        reading.problem(
            network.place(),
            "networks has " + network.value() + ", which makes an open relay",
            "name your own networks only");
      } else if (prefix < (v6 ? WIDE_IPV6 : WIDE_IPV4)) {
        reading.warn(
            network.place(),
            "networks has " + network.value() + ", which is wider than any site's own",
            "name your own networks only");
      }
    }
    return all.stream().map(Section.Located::value).toList();
  }
}
