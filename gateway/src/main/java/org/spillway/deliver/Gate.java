package org.spillway.deliver;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.Domain;
import org.spillway.route.Pause;
import org.spillway.route.Pin;
import org.spillway.route.Quota;
import org.spillway.route.Site;
import org.spillway.route.SlowStart;
import org.spillway.route.Standing;

/**
 * All that limits one site: its quota, its slow start after an outage, its lanes. Guarded by the
 * dispatcher's lock, but for {@link #pause} and {@link #canaryIsOut}.
 */
final class Gate {
  /** Direct delivery has a limit for each destination; this is the one for all of them. */
  private static final int MOST_DIRECT = 500;

  private final Site site;
  private final Quota quota;
  private final Map<Optional<Domain>, Lane> lanes = new HashMap<>();
  private final LinkedHashSet<Lane> starved = new LinkedHashSet<>();
  private Optional<SlowStart> slowStart = Optional.empty();
  private double rateBefore;
  private int inFlight;
  private volatile Standing standing;
  private volatile int load;

  Gate(Site site, Standing standing, long tick) {
    this.site = site;
    this.standing = standing;
    this.quota = new Quota(site.limits(), tick);
  }

  Site site() {
    return site;
  }

  Quota quota() {
    return quota;
  }

  Standing standing() {
    return standing;
  }

  List<Lane> lanes() {
    return List.copyOf(lanes.values());
  }

  Lane lane(Optional<Domain> destination) {
    return lanes.computeIfAbsent(destination, d -> new Lane(this, d));
  }

  void dropIdleLanes(long before) {
    lanes.values().removeIf(lane -> lane.isIdle() && lane.lastUsed - before < 0);
  }

  Optional<Pause> pause(long tick) {
    return quota.pause(tick);
  }

  /** True when the site is on its way back and its first message is already chosen. */
  boolean canaryIsOut() {
    return standing.phase() == Standing.Phase.CANARY && load > 0;
  }

  /** Tickets that wait for it or are on their way to it: one more, or one less. */
  void load(int change) {
    load += change;
  }

  /** True when mail may go to it at this moment. */
  boolean isOpen(long tick) {
    return !standing.isDown()
        && !standing.isPinned(Pin.Kind.DRAIN)
        && !standing.isPinned(Pin.Kind.FORCE_SPILL)
        && pause(tick).isEmpty();
  }

  /** Takes the new standing; true when the site came back from being down. */
  boolean moveTo(Standing next, long tick) {
    Standing before = standing;
    standing = next;
    if (next.phase() == Standing.Phase.DOWN && before.phase() != Standing.Phase.DOWN) {
      rateBefore = Math.max(rateBefore, quota.p95(tick));
      slowStart = Optional.empty();
    }
    boolean back = before.phase() == Standing.Phase.DOWN && next.phase() != Standing.Phase.DOWN;
    if (back) {
      slowStart = Optional.of(new SlowStart(rateBefore, site.health(), tick));
      lanes.values().forEach(lane -> lane.concurrency().afterOutage());
    }
    return back;
  }

  /** Connections that may be open to one destination now. */
  int limit(Lane lane) {
    int slow = slowStart.map(SlowStart::limit).orElse(Integer.MAX_VALUE);
    return isCanary() ? 1 : Math.min(lane.concurrency().limit(), slow);
  }

  private boolean isCanary() {
    return standing.phase() == Standing.Phase.CANARY && !standing.isPinned(Pin.Kind.FORCE_LOCAL);
  }

  /** True when one more attempt fits; a lane that does not fit is remembered. */
  boolean hasSlot(Lane lane) {
    int most = site.kind() == Site.Kind.MX ? MOST_DIRECT : site.limits().connections();
    if (inFlight < (isCanary() ? 1 : most)) {
      return true;
    }
    starved.add(lane);
    return false;
  }

  /** How long a message to so many recipients must wait; zero when it goes now and is counted. */
  Duration take(int recipients, long tick) {
    if (slowStart.isPresent() && slowStart.get().isOver(tick)) {
      slowStart = Optional.empty();
      rateBefore = 0;
    }
    Duration wait = slowStart.map(slow -> slow.waitFor(tick)).orElse(Duration.ZERO);
    if (wait.isZero()) {
      wait = quota.take(recipients, tick);
    }
    if (wait.isZero()) {
      slowStart.ifPresent(SlowStart::took);
      inFlight++;
    }
    return wait;
  }

  /** An attempt ended; gives the lanes that waited for its slot. */
  List<Lane> release() {
    inFlight--;
    if (starved.isEmpty()) {
      return List.of();
    }
    List<Lane> next = List.copyOf(starved);
    starved.clear();
    return next;
  }

  void ok(long tick) {
    slowStart.ifPresent(slow -> slow.ok(tick));
  }

  void overloaded(long tick) {
    slowStart.ifPresent(slow -> slow.overloaded(tick));
  }
}
