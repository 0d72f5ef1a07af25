package org.spillway.store;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.JdbiException;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Spool;

/**
 * Keeps traces in SQL without ever holding up mail: events wait in a bounded queue, one thread
 * writes them in batches, and what cannot be kept is counted. The constructor returns at once; the
 * database is opened by that thread.
 */
public final class Tracking implements Tracker {
  private static final int MOST_EVENTS = 4_000;
  private static final long WINDOW_MILLIS = 200;
  private static final long IDLE_MILLIS = 500;
  private static final long CLOSE_SECONDS = 20;

  /** What waits in the queue: an event, or somebody who wants to know that it was reached. */
  private sealed interface Item {
    record Event(TraceEvent event) implements Item {}

    record Mark(CountDownLatch reached) implements Item {}
  }

  private final BlockingQueue<Item> queue;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong dropped = new AtomicLong();
  private final Metrics metrics;
  private final TraceStore store;
  private final Thread writer;
  private volatile boolean hurried;

  /**
   * Begins to track.
   *
   * @param capacity most events that wait
   */
  public Tracking(DatabaseSettings settings, int capacity, InstantSource clock, Metrics metrics) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.metrics = metrics;
    this.store = new TraceStore(settings, clock);
    metrics.gauge("spillway_trace_queue", queue::size);
    this.writer = Thread.ofPlatform().name("tracking").start(this::run);
  }

  /** Gives the spool whose live entries fill the gaps: after a crash, a loss, or dropped events. */
  public void rebuildFrom(Spool spool) {
    store.rebuildFrom(spool);
  }

  @Override
  public void track(TraceEvent event) {
    if (!queue.offer(new Item.Event(event))) {
      drop(1);
    }
  }

  private void drop(int events) {
    for (int i = 0; i < events; i++) {
      metrics.count("spillway_trace_dropped_total");
    }
    dropped.addAndGet(events);
    store.fellBehind();
  }

  /** Events that were not kept since the start. */
  public long dropped() {
    return dropped.get();
  }

  /** Empty while traces are kept; else what keeps them from it. Mail goes on either way. */
  public Optional<String> broken() {
    return store.broken();
  }

  /** Waits until all events so far are kept, at most that long; false when they are not yet. */
  public boolean flush(Duration most) {
    CountDownLatch reached = new CountDownLatch(1);
    try {
      hurried = true;
      return queue.offer(new Item.Mark(reached), most.toMillis(), TimeUnit.MILLISECONDS)
          && reached.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The traces that match, newest first, with what happened up to now.
   *
   * @throws IOException when the database cannot answer at the moment
   */
  public List<Trace> find(TraceQuery query) throws IOException {
    flush(Duration.ofSeconds(5));
    try {
      return store.traces().find(query);
    } catch (JdbiException failed) {
      throw new IOException(
          "the tracking database does not answer: " + failed.getMessage(), failed);
    }
  }

  private void run() {
    store.open();
    while (closing.getCount() > 0 || !queue.isEmpty()) {
      turn();
    }
    store.close();
  }

  private void turn() {
    try {
      Item first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        gather();
        List<Item> items = new ArrayList<>();
        items.add(first);
        queue.drainTo(items, MOST_EVENTS - 1);
        keep(items);
      }
      if (queue.isEmpty()) {
        store.mend(this::drain);
      }
    } catch (InterruptedException _) {
      closing.countDown();
    }
  }

  /** Keeps what waits, without a window. */
  private void drain() {
    List<Item> items = new ArrayList<>();
    if (queue.drainTo(items, MOST_EVENTS) > 0) {
      keep(items);
    }
  }

  /** Lets a batch grow, so that most messages come and go within one. */
  private void gather() throws InterruptedException {
    if (!hurried && queue.size() < MOST_EVENTS) {
      closing.await(WINDOW_MILLIS, TimeUnit.MILLISECONDS);
    }
    hurried = false;
  }

  private void keep(List<Item> items) {
    TraceBatch batch = new TraceBatch();
    List<CountDownLatch> waiting = new ArrayList<>();
    for (Item item : items) {
      switch (item) {
        case Item.Event(TraceEvent event) -> batch.add(event);
        case Item.Mark(CountDownLatch reached) -> waiting.add(reached);
      }
    }
    if (batch.events() > 0 && !store.keep(batch)) {
      drop(batch.events());
    }
    waiting.forEach(CountDownLatch::countDown);
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      writer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
