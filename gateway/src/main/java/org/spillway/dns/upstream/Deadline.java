package org.spillway.dns.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a look-up has to be over.
 *
 * @param nanos elapsed time, as {@code System.nanoTime} gives it
 * @param at the end, in the same time
 */
public record Deadline(LongSupplier nanos, long at) {
  /** The end of the message's budget, while a budgeted DNS asks. */
  public static final ScopedValue<Deadline> OF_MESSAGE = ScopedValue.newInstance();

  /** So long from now. */
  public static Deadline in(Duration time, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
  }

  /** A look-up of at most this long, and not past the end of the message's budget. */
  public static Deadline ofLookup(Duration budget, LongSupplier nanos) {
    Deadline own = in(budget, nanos);
    if (!OF_MESSAGE.isBound()) {
      return own;
    }
    Deadline message = OF_MESSAGE.get();
    return message.left() < own.left() ? message : own;
  }

  /** In nanoseconds; not above zero when it is over. */
  public long left() {
    return at - nanos.getAsLong();
  }

  /** Whether nothing is left. */
  public boolean over() {
    return left() <= 0;
  }

  /** What is left in whole milliseconds, at least one, at most so much. */
  int millis(Duration most) {
    return Math.clamp(Math.min(left(), most.toNanos()) / 1_000_000, 1, Integer.MAX_VALUE);
  }
}
