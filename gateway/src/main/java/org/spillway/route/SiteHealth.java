package org.spillway.route;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.spillway.route.Standing.Phase;

/** How one site stands: down only when all its hosts are. Not thread-safe. */
final class SiteHealth {
  private static final String UPLINK = "uplink";

  private final Site site;
  private final Map<String, HostHealth> hosts = new LinkedHashMap<>();
  private String lastReply = "";
  private Standing standing;

  SiteHealth(Site site, Instant at, long tick) {
    this.site = site;
    if (site.kind() == Site.Kind.MX) {
      FailureRule rule = new FailureRule.Uplink(site.health());
      hosts.put(UPLINK, new HostHealth(site.health(), rule, false, at));
    } else {
      for (HostPort host : site.hosts()) {
        FailureRule rule = new FailureRule.Host(site.health());
        hosts.put(host.toString(), new HostHealth(site.health(), rule, true, at));
      }
    }
    Health up = new Health.Up(at, "no failure seen");
    this.standing = new Standing(up, Phase.SERVING, tick, Optional.empty());
  }

  Site site() {
    return site;
  }

  Standing standing() {
    return standing;
  }

  Map<String, HostHealth> hosts() {
    return hosts;
  }

  String lastReply() {
    return lastReply;
  }

  /** Something was seen of one of its hosts; true when the host moved. */
  boolean on(String host, HostHealth.Seen seen) {
    HostHealth known = hosts.get(site.kind() == Site.Kind.MX ? UPLINK : host);
    if (known == null) {
      return false; // it left the configuration while the attempt was under way
    }
    if (seen.event() != HostHealth.Event.TIME) {
      lastReply = seen.words();
    }
    return known.on(seen);
  }

  long changesAt() {
    return hosts.values().stream().mapToLong(HostHealth::changesAt).min().orElse(Long.MAX_VALUE);
  }

  /** Derives the standing from the hosts and the pin; true when it is another one now. */
  boolean refresh(Optional<Pin> pin, Instant at, long tick) {
    Phase phase = phase();
    boolean outageBegins = standing.phase() == Phase.SERVING && phase != Phase.SERVING;
    long outageSince = outageBegins ? tick : standing.outageSince();
    Health health = keepSince(health(phase, pin, at), at);
    Standing next = new Standing(health, phase, outageSince, pin);
    boolean changed = !next.equals(standing);
    standing = next;
    return changed;
  }

  private Phase phase() {
    if (has(HostHealth.State.UP) || has(HostHealth.State.SUSPECT)) {
      return Phase.SERVING;
    }
    if (has(HostHealth.State.RETURNING)) {
      return Phase.RETURNING;
    }
    return has(HostHealth.State.CANARY) ? Phase.CANARY : Phase.DOWN;
  }

  private Health health(Phase phase, Optional<Pin> pin, Instant at) {
    if (pin.isPresent() && pin.get().kind() == Pin.Kind.DRAIN) {
      return new Health.Drained(at, "by " + pin.get().by() + ": " + pin.get().why());
    }
    return switch (phase) {
      case SERVING ->
          has(HostHealth.State.UP)
              ? new Health.Up(at, serving())
              : new Health.Suspect(at, words(HostHealth.State.SUSPECT));
      case RETURNING ->
          new Health.Suspect(
              at, "back, not stable for " + site.health().stableFor().toSeconds() + " s yet");
      case CANARY -> new Health.Suspect(at, "probes are good, the first message goes alone");
      case DOWN -> new Health.Down(at, words(HostHealth.State.DOWN));
    };
  }

  private String serving() {
    long down = hosts.values().stream().filter(h -> h.state() == HostHealth.State.DOWN).count();
    return down == 0 ? "" : down + " of " + hosts.size() + " hosts down";
  }

  private String words(HostHealth.State state) {
    return hosts.entrySet().stream()
        .filter(e -> e.getValue().state() == state)
        .map(e -> e.getKey() + " " + e.getValue().health().why())
        .findFirst()
        .orElse("");
  }

  private boolean has(HostHealth.State state) {
    return hosts.values().stream().anyMatch(h -> h.state() == state);
  }

  /** A standing of the same kind keeps its since, so that it says when it began. */
  private Health keepSince(Health next, Instant at) {
    Health before = standing.health();
    Instant since = before.getClass() == next.getClass() ? before.since() : at;
    return switch (next) {
      case Health.Up up -> new Health.Up(since, up.why());
      case Health.Suspect suspect -> new Health.Suspect(since, suspect.why());
      case Health.Down down -> new Health.Down(since, down.why());
      case Health.Drained drained -> new Health.Drained(since, drained.why());
    };
  }
}
