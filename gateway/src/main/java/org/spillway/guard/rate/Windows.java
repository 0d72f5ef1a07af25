package org.spillway.guard.rate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sliding windows by key, the least lately used ones forgotten. Each keeps two counts: of its fixed
 * slice of time and of the one before, which counts for the share of it that the window still
 * covers. Guarded by itself.
 */
final class Windows {
  private final RateLimit limit;
  private final long millis;
  private final Map<Object, Window> byKey;

  private static final class Window {
    private long slice;
    private long before;
    private long now;
  }

  Windows(RateLimit limit, int mostKeys) {
    this.limit = limit;
    this.millis = Math.max(1, limit.per().toMillis());
    this.byKey =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Window> eldest) {
            return size() > mostKeys;
          }
        };
  }

  RateLimit limit() {
    return limit;
  }

  /** Counts it in, unless that would be too much. */
  synchronized boolean take(Object key, long amount, long at) {
    Window window = byKey.computeIfAbsent(key, _ -> new Window());
    slide(window, at);
    if (used(window, at) + amount > limit.most()) {
      return false;
    }
    window.now += amount;
    return true;
  }

  /** Takes back what was counted in a moment ago. */
  synchronized void give(Object key, long amount) {
    Window window = byKey.get(key);
    if (window != null) {
      window.now = Math.max(0, window.now - amount);
    }
  }

  /** True when not one more would be let in. */
  synchronized boolean isSpent(Object key, long at) {
    Window window = byKey.get(key);
    if (window == null) {
      return limit.most() == 0;
    }
    slide(window, at);
    return used(window, at) >= limit.most();
  }

  private void slide(Window window, long at) {
    long slice = Math.floorDiv(at, millis);
    if (slice == window.slice) {
      return;
    }
    // a clock that was set back begins anew, as one that leapt
    window.before = slice == window.slice + 1 ? window.now : 0;
    window.now = 0;
    window.slice = slice;
  }

  private long used(Window window, long at) {
    double left = 1 - Math.floorMod(at, millis) / (double) millis;
    return window.now + (long) Math.ceil(window.before * left);
  }

  synchronized int size() {
    return byKey.size();
  }
}
