package org.spillway.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.spillway.route.Ticker;

/** Waits for things to happen and says how long it took. */
final class Watch {
  private static final long LOOK_MILLIS = 20;
  private static final long SECOND_MILLIS = 1000;

  private final Ticker ticker;
  private final Runnable eachSecond;
  private final CountDownLatch never = new CountDownLatch(1);

  /** A watch that does something each second while it waits. */
  Watch(Ticker ticker, Runnable eachSecond) {
    this.ticker = ticker;
    this.eachSecond = eachSecond;
  }

  /** Waits until it is so, at most that long; the time it took. */
  Duration until(BooleanSupplier so, Duration most) throws InterruptedException {
    long begin = ticker.nanos();
    long nextSecond = begin;
    while (!so.getAsBoolean() && ticker.nanos() - begin < most.toNanos()) {
      if (ticker.nanos() >= nextSecond) {
        eachSecond.run();
        nextSecond += Duration.ofMillis(SECOND_MILLIS).toNanos();
      }
      never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return Duration.ofNanos(ticker.nanos() - begin);
  }

  /** Lets time pass. */
  void pass(Duration time) throws InterruptedException {
    until(() -> false, time);
  }
}
