package org.spillway.deliver.courier;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.spillway.route.Site;
import org.spillway.route.SiteName;

/**
 * The connections that wait for their next message, and how many are busy. A connection is in one
 * place at a time: with a borrower, or here.
 */
final class Pool {
  private static final int MAX_KEPT = 1000;

  private final Watchdog watchdog;
  private final Map<Connection.Key, Deque<Connection>> kept = new HashMap<>();
  private final Map<String, Integer> busy = new HashMap<>();
  private final Map<SiteName, Long> epochs = new HashMap<>();
  private int keptCount;
  private boolean closed;

  Pool(Watchdog watchdog) {
    this.watchdog = watchdog;
    watchdog.watch(this::sweep);
  }

  /** A kept connection, the one used last. */
  synchronized Optional<Connection> take(Connection.Key key, Site site) {
    Deque<Connection> idle = kept.get(key);
    while (idle != null && !idle.isEmpty()) {
      Connection connection = idle.pop();
      keptCount--;
      if (idle.isEmpty()) {
        kept.remove(key);
      }
      if (connection.site() == site || connection.site().equals(site)) {
        return Optional.of(connection);
      }
      leave(connection); // the site's settings changed since
    }
    return Optional.empty();
  }

  /** Some kept connection for a destination, whichever MX host it leads to. */
  synchronized Optional<Connection> takeAny(Connection.Key like, Site site) {
    for (Connection.Key key : kept.keySet()) {
      boolean fits =
          key.site().equals(like.site())
              && key.destination().equals(like.destination())
              && key.wish().equals(like.wish());
      if (fits) {
        return take(key, site);
      }
    }
    return Optional.empty();
  }

  /** Takes a connection back after a transaction: keeps it, or takes leave of it. */
  void giveBack(Connection connection) {
    if (!connection.isKeepable() || !keep(connection)) {
      leave(connection);
    }
  }

  private synchronized boolean keep(Connection connection) {
    if (closed || keptCount >= MAX_KEPT || connection.epoch() != epoch(connection.key().site())) {
      return false;
    }
    connection.idleUntil(watchdog.after(connection.site().timeouts().idle()));
    connection.wire().rest();
    kept.computeIfAbsent(connection.key(), _ -> new ArrayDeque<>()).push(connection);
    keptCount++;
    return true;
  }

  private static void leave(Connection connection) {
    if (connection.isUsable()) {
      Thread.ofVirtual().start(connection::quit);
    } else {
      connection.wire().close();
    }
  }

  private void sweep(long tick) {
    remove(connection -> tick > connection.idleUntil()).forEach(Pool::leave);
  }

  private synchronized List<Connection> remove(Predicate<Connection> which) {
    if (keptCount == 0) {
      return List.of();
    }
    List<Connection> removed = new ArrayList<>();
    for (Deque<Connection> idle : kept.values()) {
      idle.removeIf(connection -> which.test(connection) && removed.add(connection));
    }
    kept.values().removeIf(Deque::isEmpty);
    keptCount -= removed.size();
    return removed;
  }

  /** The site's epoch: it moves with {@link #drop}. */
  synchronized long epoch(SiteName site) {
    return epochs.getOrDefault(site, 0L);
  }

  /** Gives up the kept connections of a site, and those in use once they come back. */
  void drop(SiteName site) {
    synchronized (this) {
      epochs.merge(site, 1L, Long::sum);
    }
    remove(connection -> connection.key().site().equals(site)).forEach(Pool::leave);
  }

  synchronized void busy(String host, int change) {
    busy.merge(host, change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
  }

  synchronized int busy(String host) {
    return busy.getOrDefault(host, 0);
  }

  /** Closes what is kept without waiting for a word, and keeps nothing more. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    remove(_ -> true).forEach(connection -> connection.wire().close());
  }
}
