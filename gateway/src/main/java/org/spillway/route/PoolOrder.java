package org.spillway.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * Orders the hosts of a pool: trusted ones by the site's balance, then those on their way back,
 * those that are down left out. While others serve, a host whose probes are good again is tried
 * first by one message a minute, until that went well.
 */
final class PoolOrder {
  private static final long CANARY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Ticker ticker;
  private final Map<SiteName, AtomicInteger> turns = new ConcurrentHashMap<>();
  private final Map<HostPort, Long> canaries = new ConcurrentHashMap<>();

  PoolOrder(Ticker ticker) {
    this.ticker = ticker;
  }

  List<HostPort> order(
      Site site, ToIntFunction<HostPort> busy, Map<HostPort, HostHealth.State> states) {
    List<HostPort> serving = new ArrayList<>();
    List<HostPort> returning = new ArrayList<>();
    List<HostPort> canary = new ArrayList<>();
    states.forEach(
        (host, state) -> {
          switch (state) {
            case UP, SUSPECT -> serving.add(host);
            case RETURNING -> returning.add(host);
            case CANARY -> canary.add(host);
            case DOWN -> {}
          }
        });
    List<HostPort> ordered = new ArrayList<>();
    boolean others = !serving.isEmpty() || !returning.isEmpty();
    canary.stream().filter(host -> !others || takesCanary(host)).forEach(ordered::add);
    ordered.addAll(balance(site, serving, busy));
    ordered.addAll(balance(site, returning, busy));
    return ordered.isEmpty() ? site.hosts() : ordered;
  }

  private boolean takesCanary(HostPort host) {
    long now = ticker.nanos();
    boolean[] taken = new boolean[1];
    canaries.compute(
        host,
        (key, before) -> {
          taken[0] = before == null || now - before >= CANARY_NANOS;
          return taken[0] ? Long.valueOf(now) : before;
        });
    return taken[0];
  }

  private List<HostPort> balance(Site site, List<HostPort> hosts, ToIntFunction<HostPort> busy) {
    if (hosts.size() < 2) {
      return hosts;
    }
    return switch (site.balance()) {
      case ORDERED -> hosts;
      case BALANCED -> turned(site, hosts);
      case LEAST_BUSY -> hosts.stream().sorted(Comparator.comparingInt(busy)).toList();
    };
  }

  private List<HostPort> turned(Site site, List<HostPort> hosts) {
    int turn = turns.computeIfAbsent(site.name(), name -> new AtomicInteger()).getAndIncrement();
    int start = Math.floorMod(turn, hosts.size());
    List<HostPort> ordered = new ArrayList<>(hosts.subList(start, hosts.size()));
    ordered.addAll(hosts.subList(0, start));
    return ordered;
  }
}
