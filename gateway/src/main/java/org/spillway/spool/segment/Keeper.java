package org.spillway.spool.segment;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.EntryId;
import org.spillway.spool.Room;
import org.spillway.spool.disk.NoSpace;

/**
 * Goes round each second, and after each segment: removes content files that are over, keeps spare
 * segments ready, frees and cleans. Nothing that a sender waits for waits for it.
 */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final long ROUND_NANOS = 1_000_000_000;
  private static final int SPARES = 2;

  /** What the keeper looks after. */
  record Care(Log log, LogWriter writer, Segments segments, Shelf shelf, Capacity capacity) {}

  private final Care care;
  private final Cleaner cleaner;
  private final Thread thread;
  private final ReentrantLock round = new ReentrantLock();
  private final Set<Integer> beyondHelp = new HashSet<>();
  private volatile boolean stopping;

  Keeper(Care care, Cleaner cleaner) {
    this.care = care;
    this.cleaner = cleaner;
    thread = Thread.ofPlatform().name("spool-keeper").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Makes the next round begin now. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** Ends after the round under way. */
  void close() {
    stopping = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopping) {
      round();
      if (!stopping) {
        LockSupport.parkNanos(this, ROUND_NANOS);
      }
    }
  }

  /** One round. */
  void round() {
    round.lock();
    try {
      if (care.writer().broken().isEmpty()) {
        removeFiles();
        cleaner.freeDead();
        makeSpares();
        care.capacity().look();
        clean();
      }
    } catch (NoSpace e) {
      LOG.debug("no room for a spare segment: {}", e.getMessage());
    } catch (IOException e) {
      LOG.warn("keeping the spool: {}", e.toString());
    } finally {
      round.unlock();
    }
  }

  private void removeFiles() throws IOException {
    if (care.log().filesWait()) {
      care.writer().append(Append.force());
    }
    for (EntryId id = next(); id != null; id = next()) {
      care.shelf().remove(id, care.shelf().size(id));
    }
  }

  private EntryId next() {
    return care.log().filesToRemove().poll();
  }

  private void makeSpares() throws IOException {
    while (care.segments().spareCount() < SPARES && !stopping) {
      care.segments().make();
    }
  }

  private void clean() {
    Room.Level level = care.capacity().room(care.segments()).level();
    Optional<Segment> next =
        cleaner.cheapest(worthCopying(level), level == Room.Level.NORMAL ? 2 : 0, beyondHelp);
    if (next.isPresent() && !stopping) {
      clean(next.get());
    }
  }

  /** The less room, the more of a segment it may be worth copying, in percent. */
  private static int worthCopying(Room.Level level) {
    return switch (level) {
      case NORMAL -> 25;
      case WARN -> 50;
      case PRESSURE -> 75;
      case FULL -> 90;
    };
  }

  private void clean(Segment segment) {
    try {
      if (cleaner.clean(segment)) {
        wake();
      }
    } catch (IOException e) {
      if (care.writer().broken().isPresent()) {
        return;
      }
      beyondHelp.add(segment.number());
      LOG.error("segment {} stays: {}", segment.path().getFileName(), e.getMessage());
    }
  }
}
