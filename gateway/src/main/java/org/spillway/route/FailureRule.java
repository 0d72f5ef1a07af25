package org.spillway.route;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.Domain;

/** Decides from what was seen lately whether a host, or an uplink, is down. */
sealed interface FailureRule {
  /** A good attempt or probe. */
  void good(long tick);

  /** A target failure; true when it is down by now. */
  boolean bad(long tick, Optional<Domain> destination);

  /** True when nothing failed within the window. */
  boolean isClean(long tick);

  /** True when one failure is enough to mistrust a host that just came back. */
  boolean failsAtOnce();

  /** Forgets all. */
  void clear();

  /** A host of a pool: so many failures in a row, or a share of the attempts in the window. */
  final class Host implements FailureRule {
    private final HealthSettings settings;
    private final Window window;
    private int inRow;

    Host(HealthSettings settings) {
      this.settings = settings;
      this.window = new Window(settings.window());
    }

    @Override
    public void good(long tick) {
      inRow = 0;
      window.add(tick, false);
    }

    @Override
    public boolean bad(long tick, Optional<Domain> destination) {
      inRow++;
      window.add(tick, true);
      long all = window.all(tick);
      return inRow >= settings.failures()
          || all >= settings.windowAttempts()
              && window.bad(tick) >= settings.windowFailureRatio() * all;
    }

    @Override
    public boolean isClean(long tick) {
      return window.bad(tick) == 0;
    }

    @Override
    public boolean failsAtOnce() {
      return true;
    }

    @Override
    public void clear() {
      inRow = 0;
      window.clear();
    }
  }

  /**
   * The way to the world: a dead destination says nothing about it, many different ones do (at
   * least 5 domains and 80 % of the attempts in the window).
   */
  final class Uplink implements FailureRule {
    private static final int DOMAINS = 5;
    private static final double SHARE = 0.8;
    private static final int MOST_KEPT = 1000;

    private final long windowNanos;
    private final Window window;
    private final Map<Domain, Long> failed = new HashMap<>();

    Uplink(HealthSettings settings) {
      this.windowNanos = settings.window().toNanos();
      this.window = new Window(settings.window());
    }

    @Override
    public void good(long tick) {
      window.add(tick, false);
    }

    @Override
    public boolean bad(long tick, Optional<Domain> destination) {
      window.add(tick, true);
      failed.values().removeIf(seen -> tick - seen > windowNanos);
      if (failed.size() < MOST_KEPT) {
        destination.ifPresent(domain -> failed.put(domain, tick));
      }
      return failed.size() >= DOMAINS && window.bad(tick) >= SHARE * window.all(tick);
    }

    @Override
    public boolean isClean(long tick) {
      return window.bad(tick) == 0;
    }

    @Override
    public boolean failsAtOnce() {
      return false;
    }

    @Override
    public void clear() {
      failed.clear();
      window.clear();
    }
  }
}
