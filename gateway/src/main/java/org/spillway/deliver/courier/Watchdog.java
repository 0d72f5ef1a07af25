package org.spillway.deliver.courier;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Ends what takes too long, also a write that stalls: one thread counts ticks of 100 ms and shows
 * the count to all that have a deadline. No clock is read and a stepped clock harms nothing.
 */
final class Watchdog implements AutoCloseable {
  private static final long TICK_MILLIS = 100;

  private final Set<LongConsumer> watched = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("courier-watchdog").factory());
  private volatile long tick;

  Watchdog() {
    timer.scheduleWithFixedDelay(this::next, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // only this thread writes it
  private void next() {
    long now = tick + 1;
    tick = now;
    watched.forEach(each -> each.accept(now));
  }

  /** The tick now. */
  long tick() {
    return tick;
  }

  /** The first tick that is surely later than the duration from now. */
  long after(Duration duration) {
    return tick + 1 + Math.max(1, (duration.toMillis() + TICK_MILLIS - 1) / TICK_MILLIS);
  }

  /** Shows every tick to it, from the timer's thread; it must not block. */
  void watch(LongConsumer consumer) {
    watched.add(consumer);
  }

  void forget(LongConsumer consumer) {
    watched.remove(consumer);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
