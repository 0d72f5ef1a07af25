package org.spillway.route;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.spillway.mail.Domain;
import org.spillway.route.HostHealth.Event;

/**
 * How every site and host stands. Fed by the courier with what it saw of hosts ({@link
 * HostObserver}), by the prober with what probes found, by admins with pins, and by time. Gives
 * planners a snapshot that costs nothing to read, and tells listeners when a site's standing
 * changed.
 */
public final class HealthBoard implements SiteBoard, HostObserver {
  private final InstantSource clock;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SiteName, SiteHealth> sites = new TreeMap<>();
  private final Pins pins;
  private final List<Consumer<SiteName>> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<SiteName, Standing> standings = Map.of();

  /** A board on which all these sites are up. */
  public HealthBoard(Collection<Site> sites, InstantSource clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
    this.pins = new Pins(clock, ticker);
    reconfigure(sites);
  }

  /** Will be told the name of each site whose standing changed, after the change, on any thread. */
  public void listen(Consumer<SiteName> listener) {
    listeners.add(listener);
  }

  /** How the sites stand now. */
  public Map<SiteName, Standing> standings() {
    return standings;
  }

  /** Takes other sites; one whose hosts and health settings stay the same keeps its standing. */
  public void reconfigure(Collection<Site> next) {
    lock.lock();
    try {
      Map<SiteName, SiteHealth> before = new TreeMap<>(sites);
      sites.clear();
      for (Site site : next) {
        SiteHealth known = before.get(site.name());
        boolean same =
            known != null
                && known.site().hosts().equals(site.hosts())
                && known.site().kind() == site.kind()
                && known.site().health().equals(site.health());
        sites.put(
            site.name(), same ? known : new SiteHealth(site, clock.instant(), ticker.nanos()));
      }
      publish();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void good(Hop hop, String reply) {
    saw(hop, Event.GOOD, reply);
  }

  @Override
  public void bad(Hop hop, String step, String why) {
    saw(hop, Event.BAD, step + ": " + why);
  }

  @Override
  public void overloaded(Hop hop, String why) {
    // Moves no health: the dispatcher learns it from the outcome and lowers the concurrency.
  }

  /** A probe was answered well at every step. */
  public void probeGood(Hop hop, String words) {
    saw(hop, Event.PROBE_GOOD, words);
  }

  /** A probe failed at that step. */
  public void probeBad(Hop hop, String step, String why) {
    saw(hop, Event.PROBE_BAD, "probe failed at " + step + ": " + why);
  }

  /** Our credentials or configuration are wrong at that site: it is down on all hosts. */
  public void misconfigured(SiteName site, String why) {
    change(
        site,
        known -> {
          boolean moved = false;
          for (String host : known.hosts().keySet()) {
            moved |= known.on(host, seen(Event.MISCONFIGURED, Optional.empty(), why));
          }
          return moved;
        });
  }

  /**
   * Lets time do what it does: pins end, returned sites become trusted.
   *
   * @return when to call again, as the ticker tells time; {@code Long.MAX_VALUE} when nothing is
   *     due
   */
  public long pulse() {
    long next = Long.MAX_VALUE;
    for (SiteName site : standings.keySet()) {
      change(
          site,
          known -> {
            known
                .hosts()
                .keySet()
                .forEach(host -> known.on(host, seen(Event.TIME, Optional.empty(), "stable")));
            return true;
          });
      next = Math.min(next, changesAt(site));
    }
    return next;
  }

  private long changesAt(SiteName site) {
    lock.lock();
    try {
      SiteHealth known = sites.get(site);
      return known == null ? Long.MAX_VALUE : Math.min(known.changesAt(), pins.nextEnd());
    } finally {
      lock.unlock();
    }
  }

  /** How a host stands; empty when there is no such host. */
  public Optional<Health> host(SiteName site, HostPort host) {
    lock.lock();
    try {
      return Optional.ofNullable(sites.get(site))
          .map(known -> known.hosts().get(host.toString()))
          .map(HostHealth::health);
    } finally {
      lock.unlock();
    }
  }

  /** The order of a site's hosts by what is known of their health. */
  public HostOrder hostOrder() {
    PoolOrder order = new PoolOrder(ticker);
    return (Site site, ToIntFunction<HostPort> busy) ->
        site.hosts().size() < 2 ? site.hosts() : order.order(site, busy, states(site));
  }

  private Map<HostPort, HostHealth.State> states(Site site) {
    Map<HostPort, HostHealth.State> states = new LinkedHashMap<>();
    lock.lock();
    try {
      SiteHealth known = sites.get(site.name());
      for (HostPort host : site.hosts()) {
        HostHealth health = known == null ? null : known.hosts().get(host.toString());
        states.put(host, health == null ? HostHealth.State.UP : health.state());
      }
    } finally {
      lock.unlock();
    }
    return states;
  }

  @Override
  public List<SiteStatus> statuses() {
    lock.lock();
    try {
      List<SiteStatus> all = new ArrayList<>();
      sites.forEach((name, known) -> all.add(status(name, known)));
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static SiteStatus status(SiteName name, SiteHealth known) {
    Map<String, Health> hosts = new LinkedHashMap<>();
    known.hosts().forEach((host, health) -> hosts.put(host, health.health()));
    Standing standing = known.standing();
    Site.Kind kind = known.site().kind();
    return new SiteStatus(name, kind, standing.health(), standing.pin(), hosts, known.lastReply());
  }

  @Override
  public void pin(SiteName site, Pin pin) {
    change(
        site,
        known -> {
          pins.set(site, pin);
          return true;
        });
  }

  @Override
  public boolean unpin(SiteName site) {
    boolean[] ended = new boolean[1];
    change(
        site,
        known -> {
          ended[0] = pins.end(site);
          return ended[0];
        });
    return ended[0];
  }

  private void saw(Hop hop, Event event, String words) {
    change(hop.site(), known -> known.on(hop.host(), seen(event, hop.destination(), words)));
  }

  private HostHealth.Seen seen(Event event, Optional<Domain> destination, String words) {
    return new HostHealth.Seen(event, clock.instant(), ticker.nanos(), destination, words);
  }

  /** Something that may move a site. */
  private interface Change {
    boolean to(SiteHealth site);
  }

  private void change(SiteName site, Change change) {
    boolean changed = false;
    lock.lock();
    try {
      SiteHealth known = sites.get(site);
      if (known != null && change.to(known)) {
        Instant now = clock.instant();
        changed = known.refresh(pins.of(site), now, ticker.nanos());
        if (changed) {
          publish();
        }
      }
    } finally {
      lock.unlock();
    }
    if (changed) {
      listeners.forEach(listener -> listener.accept(site));
    }
  }

  private void publish() {
    Map<SiteName, Standing> next = new LinkedHashMap<>();
    sites.forEach((name, known) -> next.put(name, known.standing()));
    standings = Map.copyOf(next);
  }
}
