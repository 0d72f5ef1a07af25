package org.spillway.spool.segment;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One thing that a thread wants in the log, and waits for. */
class Append {
  /** How long to wait. */
  enum Until {
    WRITTEN,
    FORCED
  }

  private final Optional<LogRecord> record;
  private final Until until;
  private final boolean ofOurs;
  private final Thread waiter = Thread.currentThread();
  private volatile Result result;
  private Place place = Place.NOWHERE;

  /**
   * For the calling thread, which will {@link #await} it.
   *
   * @param record nothing for a mere force of all that was written before
   * @param ofOurs true for our own state, which may use the reserve
   */
  Append(Optional<LogRecord> record, Until until, boolean ofOurs) {
    this.record = record;
    this.until = until;
    this.ofOurs = ofOurs;
  }

  /** A mere force of all that was written before. */
  static Append force() {
    return new Append(Optional.empty(), Until.FORCED, true);
  }

  /** False when it is not wanted any more; asked by the writer right before it gets a place. */
  boolean isWanted() {
    return true;
  }

  /** Called by the writer once it is in the file. */
  void written(Stub stub) {}

  /** Called once it is safe, before the waiter wakes. */
  void safe(Stub stub) {}

  final Optional<LogRecord> record() {
    return record;
  }

  final boolean needsForce() {
    return until == Until.FORCED;
  }

  final boolean isOfOurs() {
    return ofOurs;
  }

  final void placed(Place at) {
    place = at;
  }

  final Place place() {
    return place;
  }

  final void complete(Result outcome) {
    if (result == null) {
      result = outcome;
      LockSupport.unpark(waiter);
    }
  }

  /** Waits; an interrupt is kept for later, since what is under way cannot be called back. */
  final Result await() {
    boolean interrupted = false;
    while (result == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result;
  }
}
