package org.spillway.dns.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ServerHealthTest {
  private static final long TEN = Duration.ofSeconds(10).toNanos();
  private final AtomicLong time = new AtomicLong();
  private final ServerHealth health =
      new ServerHealth(new Rest(2, Duration.ofSeconds(10)), Duration.ofSeconds(1), time::get);

  @Test
  void restsAfterFailuresInARow() {
    health.failed("x");
    health.answered(5);
    health.failed("x");
    assertThat(health.resting()).isFalse();
    health.failed("x");
    assertThat(health.resting()).isTrue();
  }

  @Test
  void isTriedOnceAfterItsRestAndRestsTwiceAsLongWhenItFails() {
    health.failed("x");
    health.failed("x");
    time.addAndGet(TEN - 1);
    assertThat(health.wantsTrial()).isFalse();
    time.addAndGet(1);
    assertThat(health.wantsTrial()).isTrue();
    assertThat(health.wantsTrial()).as("one at a time").isFalse();
    health.failed("x");
    time.addAndGet(TEN);
    assertThat(health.wantsTrial()).isFalse();
    time.addAndGet(TEN);
    assertThat(health.wantsTrial()).isTrue();
    health.answered(5);
    assertThat(health.resting()).isFalse();
  }

  @Test
  void neverRestsLongerThanSixteenTimes() {
    health.failed("x");
    for (int i = 0; i < 20; i++) {
      health.failed("x");
      time.addAndGet(16 * TEN);
      assertThat(health.wantsTrial()).isTrue();
    }
  }

  @Test
  void smoothsItsTimeAndFades() {
    assertThat(health.roundTrip()).isZero();
    health.answered(8_000_000);
    health.answered(16_000_000);
    assertThat(health.roundTrip()).isEqualTo(9_000_000);
    health.fade();
    assertThat(health.roundTrip()).isBetween(8_800_000L, 8_999_999L);
    health.failed("x");
    assertThat(health.roundTrip()).isGreaterThan(100_000_000);
  }
}
