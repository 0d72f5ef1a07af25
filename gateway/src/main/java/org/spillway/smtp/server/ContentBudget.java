package org.spillway.smtp.server;

import java.util.concurrent.atomic.AtomicLong;

/** The heap that all sessions together use for content in hand. */
public final class ContentBudget {
  private final AtomicLong used = new AtomicLong();
  private volatile long limitBytes;

  /** A budget of so many bytes. */
  public ContentBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Another limit from now on; what is in use stays. */
  public void limit(long bytes) {
    limitBytes = bytes;
  }

  /** Takes so many bytes, or says no. */
  public boolean tryTake(long bytes) {
    if (used.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /** Takes what is there already and cannot be refused: bytes that were read from a socket. */
  public void take(long bytes) {
    used.addAndGet(bytes);
  }

  /** Gives bytes back. */
  public void give(long bytes) {
    used.addAndGet(-bytes);
  }

  /** True when sessions should read no more than they must. */
  public boolean isShort() {
    return used.get() > limitBytes;
  }

  /** Bytes in use. */
  public long usedBytes() {
    return used.get();
  }
}
