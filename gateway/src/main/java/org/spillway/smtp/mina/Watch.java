package org.spillway.smtp.mina;

import org.spillway.smtp.server.SessionLimits;

/** Finds conversations that have waited too long; told the time, it never asks for it. */
final class Watch {
  /** How a conversation stands now. */
  record Standing(
      boolean working, boolean judging, boolean content, boolean unread, long activeAtNanos) {}

  /** What is to be done. */
  enum Finding {
    FINE,
    /** Replies are unread: see whether that has changed. */
    UNREAD,
    /** A judgement takes too long. */
    OVERDUE,
    /** The client says nothing. */
    TIMEOUT,
    /** The client trickles. */
    SLOW
  }

  private final SessionLimits limits;
  private final Pace pace;
  private long lookedAt;
  private long judgingFor;

  Watch(SessionLimits limits, long now) {
    this.limits = limits;
    this.pace = new Pace(limits.minBytesPerSecond());
    this.lookedAt = now;
  }

  /** Bytes came in. */
  void came(int bytes) {
    pace.came(bytes);
  }

  Finding look(long now, Standing standing) {
    long since = now - lookedAt;
    lookedAt = now;
    judgingFor = standing.judging() ? judgingFor + since : 0;
    if (standing.working()) {
      boolean overdue = judgingFor > limits.messageTimeout().toNanos();
      return overdue ? Finding.OVERDUE : Finding.FINE;
    }
    return waiting(now - standing.activeAtNanos(), since, standing);
  }

  private Finding waiting(long idle, long since, Standing standing) {
    boolean content = standing.content();
    if (idle > (content ? limits.dataTimeout() : limits.commandTimeout()).toNanos()) {
      return Finding.TIMEOUT;
    }
    if (standing.unread()) {
      return Finding.UNREAD;
    }
    if (!content) {
      pace.reset();
      return Finding.FINE;
    }
    return limits.minBytesPerSecond() > 0 && pace.waited(since) ? Finding.SLOW : Finding.FINE;
  }
}
