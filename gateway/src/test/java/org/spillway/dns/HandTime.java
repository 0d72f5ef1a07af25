package org.spillway.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that passes when the test says so. */
final class HandTime implements InstantSource, LongSupplier {
  static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
  private final AtomicLong passed = new AtomicLong();

  void pass(Duration time) {
    passed.addAndGet(time.toNanos());
  }

  @Override
  public Instant instant() {
    return START.plusNanos(passed.get());
  }

  @Override
  public long getAsLong() {
    return passed.get();
  }
}
