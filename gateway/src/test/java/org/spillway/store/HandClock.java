package org.spillway.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves by hand. */
final class HandClock implements InstantSource {
  private volatile Instant now;

  HandClock(Instant now) {
    this.now = now;
  }

  void forward(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
