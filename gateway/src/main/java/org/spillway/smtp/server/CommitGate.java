package org.spillway.smtp.server;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides once for each message whether it is committed or given up as overdue, so that a client
 * that was told 451 never has its message kept.
 */
final class CommitGate {
  private enum Stand {
    IDLE,
    JUDGING,
    COMMITTING,
    OVERDUE
  }

  private final AtomicReference<Stand> stand = new AtomicReference<>(Stand.IDLE);

  /*
   * from       | to         | by
   * IDLE       | JUDGING    | the dialog, at the end of data
   * JUDGING    | COMMITTING | the dialog, before it commits
   * JUDGING    | OVERDUE    | the timer, from another thread
   * any        | IDLE       | the dialog, at the end of the transaction; OVERDUE stays
   */
  private boolean move(Stand from, Stand to) {
    return stand.compareAndSet(from, to);
  }

  void begin() {
    move(Stand.IDLE, Stand.JUDGING);
  }

  /** True when the message may be committed: nobody gave it up. */
  boolean commit() {
    return move(Stand.JUDGING, Stand.COMMITTING);
  }

  /** True when the message is given up now. */
  boolean expire() {
    return move(Stand.JUDGING, Stand.OVERDUE);
  }

  void end() {
    if (!move(Stand.JUDGING, Stand.IDLE)) {
      move(Stand.COMMITTING, Stand.IDLE);
    }
  }

  /** True while the admission thinks about a message. */
  boolean isJudging() {
    return stand.get() == Stand.JUDGING;
  }
}
