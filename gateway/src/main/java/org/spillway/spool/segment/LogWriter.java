package org.spillway.spool.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.spillway.mail.EntryId;

/**
 * The one thread that appends. It drains the queue, lays all records into a buffer, writes them at
 * once, wakes who waits for the write, forces once, and wakes who waits for the force. State
 * changes ride along; alone they are written within 50 ms, and not forced.
 *
 * <p>It is a platform thread of its own since an interrupt closes a channel: no thread that others
 * may interrupt is let near the file. The first force that fails breaks the log for good: what the
 * disk holds is then unknown, and a second force would wrongly succeed.
 */
final class LogWriter {
  private static final long TICK_NANOS = 50_000_000;

  /** After so many idle ticks the thread sleeps until it is woken. */
  private static final int IDLE_TICKS = 20;

  private final Log log;
  private final ConcurrentLinkedQueue<Append> queue = new ConcurrentLinkedQueue<>();
  private final Map<EntryId, Lazy> lazies = new ConcurrentHashMap<>();
  private final AtomicReference<Optional<String>> broken = new AtomicReference<>(Optional.empty());
  private final Thread thread;
  private volatile boolean parked;
  private volatile boolean asleep;
  private volatile boolean stopping;
  private int idleTicks;

  LogWriter(Log log) {
    this.log = log;
    thread = Thread.ofPlatform().name("spool-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Puts it in the log and waits as long as it says. */
  Result append(Append append) {
    submit(append);
    return append.await();
  }

  /** Puts it in the queue; its place among other appends is then sure. */
  void submit(Append append) {
    queue.add(append);
    if (parked) {
      LockSupport.unpark(thread);
    }
    if (stopping && !thread.isAlive()) {
      refuseAll("the spool is closed");
    }
  }

  /** Notes a state change to be written soon. */
  void note(Lazy lazy) {
    lazies.put(lazy.id(), lazy);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /** A change of state that is not written yet. */
  Optional<Lazy> noted(EntryId id) {
    return Optional.ofNullable(lazies.get(id));
  }

  /** What broke the log. */
  Optional<String> broken() {
    return broken.get();
  }

  /** Breaks the log: for a failure found elsewhere, as in a body file's force. */
  void breakLog(String why) {
    broken.compareAndSet(Optional.empty(), Optional.of(why));
  }

  /** Writes what is left, seals the segment and ends the thread. */
  void close() {
    stopping = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    refuseAll("the spool is closed");
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Append> batch = new ArrayList<>();
    while (true) {
      drain(batch);
      if (batch.isEmpty() && stopping) {
        break;
      }
      if (batch.isEmpty() && !idle()) {
        continue;
      }
      writeOrBreak(batch);
      batch.clear();
    }
    finish(batch);
  }

  private void drain(List<Append> batch) {
    for (Append next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(next);
    }
  }

  /** Waits for work; true when a tick went by in which only state changes came. */
  private boolean idle() {
    parked = true;
    asleep = idleTicks >= IDLE_TICKS;
    try {
      if (!queue.isEmpty() || stopping) {
        return false;
      }
      if (!asleep) {
        LockSupport.parkNanos(this, TICK_NANOS);
      } else if (lazies.isEmpty()) {
        LockSupport.park(this);
      }
    } finally {
      parked = false;
      asleep = false;
    }
    boolean states = queue.isEmpty() && !lazies.isEmpty();
    idleTicks = lazies.isEmpty() && queue.isEmpty() ? idleTicks + 1 : 0;
    return states;
  }

  private void writeOrBreak(List<Append> batch) {
    Optional<String> why = broken.get();
    if (why.isPresent()) {
      batch.forEach(append -> append.complete(new Result.Failed(why.get())));
      return;
    }
    // The queue was drained before the changes are looked at: a change that was noted before an
    // append was queued is therefore written before it, or with it.
    List<Lazy> changes = List.copyOf(lazies.values());
    try {
      log.write(changes, batch, this::settled);
    } catch (IOException | RuntimeException e) {
      breakLog("writing the spool failed: " + e);
      log.abandon();
      batch.forEach(append -> append.complete(new Result.Failed(broken.get().orElse(""))));
    }
  }

  /** Takes a written change off the list, unless a newer one stands there by now. */
  private void settled(Lazy lazy) {
    lazies.remove(lazy.id(), lazy);
  }

  private void finish(List<Append> batch) {
    if (!lazies.isEmpty()) {
      writeOrBreak(batch);
    }
    if (broken.get().isEmpty()) {
      try {
        log.close();
      } catch (IOException e) {
        breakLog("closing the spool failed: " + e);
      }
    }
  }

  private void refuseAll(String why) {
    for (Append next = queue.poll(); next != null; next = queue.poll()) {
      next.complete(new Result.Failed(why));
    }
  }
}
