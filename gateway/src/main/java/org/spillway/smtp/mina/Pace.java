package org.spillway.smtp.mina;

/** Finds senders that trickle: content slower than a floor, averaged over 30 seconds of waiting. */
final class Pace {
  private static final long WINDOW_NANOS = 30_000_000_000L;
  private final long minBytesPerSecond;
  private long waitedNanos;
  private long bytes;

  /**
   * A watch.
   *
   * @param minBytesPerSecond 0 turns it off
   */
  Pace(long minBytesPerSecond) {
    this.minBytesPerSecond = minBytesPerSecond;
  }

  /** Bytes came. */
  void came(long count) {
    bytes += count;
  }

  /** We waited so long for content; true when what came in the window is too little. */
  boolean waited(long nanos) {
    waitedNanos += nanos;
    if (waitedNanos < WINDOW_NANOS) {
      return false;
    }
    boolean tooSlow = bytes < minBytesPerSecond * (waitedNanos / 1_000_000_000L);
    reset();
    return tooSlow;
  }

  /** Nothing is owed now. */
  void reset() {
    waitedNanos = 0;
    bytes = 0;
  }
}
