package org.spillway.deliver;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.route.Health;
import org.spillway.route.HealthBoard;
import org.spillway.route.HealthSettings;
import org.spillway.route.Hop;
import org.spillway.route.HostPort;
import org.spillway.route.Site;

/**
 * Probes every host of every site at its times, each on a thread of its own and never two of one
 * host at a time, and lets the health board do what time does. Direct delivery is not probed: there
 * is no host to ask.
 */
final class Prober {
  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
  private static final Duration FIRST = Duration.ofSeconds(1);

  private record Target(Site site, HostPort host) {}

  private final Courier courier;
  private final HealthBoard board;
  private final Times times;
  private final Executor workers;
  private final Pace pace;
  private final Map<Target, Long> due = new HashMap<>();

  Prober(Courier courier, HealthBoard board, Times times, Executor workers, Pace pace) {
    this.courier = courier;
    this.board = board;
    this.times = times;
    this.workers = workers;
    this.pace = pace;
    board.listen(site -> pace.wake());
  }

  /** Begins, with a first probe of each host within seconds. */
  void start(Collection<Site> sites) {
    reconfigure(sites);
    pace.start(this::beat);
  }

  void stop() {
    pace.stop();
  }

  /** Probes these sites from now on; hosts that stay keep their times. */
  void reconfigure(Collection<Site> sites) {
    synchronized (due) {
      Map<Target, Long> before = new HashMap<>(due);
      due.clear();
      long first = times.tick() + FIRST.toNanos();
      for (Site site : sites) {
        for (HostPort host : site.hosts()) {
          Target target = new Target(site, host);
          due.put(target, before.getOrDefault(target, first));
        }
      }
    }
    pace.wake();
  }

  private long beat() {
    long next = board.pulse();
    synchronized (due) {
      for (Map.Entry<Target, Long> each : due.entrySet()) {
        if (each.getValue() != Long.MAX_VALUE && each.getValue() - times.tick() <= 0) {
          each.setValue(Long.MAX_VALUE); // under way: not due until it is answered
          Target target = each.getKey();
          workers.execute(() -> probe(target));
        }
        next = Math.min(next, each.getValue());
      }
    }
    return next;
  }

  private void probe(Target target) {
    Hop hop = Hop.of(target.site().name(), target.host());
    try {
      switch (courier.probe(target.site(), hop.host())) {
        case Courier.Probe.Good good -> board.probeGood(hop, "probe of " + good.hop() + " is good");
        case Courier.Probe.Bad bad -> board.probeBad(hop, bad.step().toString(), bad.why());
      }
    } catch (RuntimeException mistake) {
      LOG.error("probe of {} broke", hop, mistake);
    } finally {
      again(target);
    }
  }

  private void again(Target target) {
    synchronized (due) {
      due.computeIfPresent(target, (t, was) -> times.tick() + interval(t).toNanos());
    }
    pace.wake();
  }

  private Duration interval(Target target) {
    HealthSettings settings = target.site().health();
    if (target.site().isOurs()) {
      return settings.probeEvery();
    }
    boolean up =
        board.host(target.site().name(), target.host()).orElse(UNKNOWN) instanceof Health.Up;
    return up ? settings.probeRelayEvery() : settings.probeRelayDownEvery();
  }

  private static final Health UNKNOWN = new Health.Suspect(java.time.Instant.EPOCH, "");
}
