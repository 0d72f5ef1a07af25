package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The waits of the reference's §3.2. */
final class RetryScheduleTest {
  private final RetrySchedule schedule = new RetrySchedule(RetrySettings.DEFAULT, new Random(1));

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 5", "3, 15", "4, 30", "5, 30", "6, 60", "7, 60", "100, 60"})
  void waitsGrowAndVaryByATenth(int attempts, int minutes) {
    for (int i = 0; i < 100; i++) {
      assertThat(schedule.delay(attempts).toMillis())
          .isBetween(minutes * 60_000L * 9 / 10, minutes * 60_000L * 11 / 10);
    }
  }

  @Test
  void withoutAListItGrowsFromTheFirst() {
    RetrySettings d = RetrySettings.DEFAULT;
    RetrySettings bare =
        new RetrySettings(
            List.of(),
            Duration.ofMinutes(10),
            Duration.ofMinutes(60),
            0,
            d.lifetime(),
            d.notificationLifetime(),
            d.delayNotice(),
            d.unknownHold());
    RetrySchedule plain = new RetrySchedule(bare, new Random(1));
    assertThat(List.of(1, 2, 3, 4, 5).stream().map(plain::delay).map(Duration::toMinutes))
        .containsExactly(10L, 20L, 40L, 60L, 60L);
  }

  @Test
  void notificationsHaveAShortLife() {
    assertThat(schedule.isExpired(true, Duration.ofDays(1))).isTrue();
    assertThat(schedule.isExpired(false, Duration.ofDays(1))).isFalse();
    assertThat(schedule.isExpired(false, Duration.ofDays(5))).isTrue();
  }

  @Test
  void theNextStopIsTheNoticeAndThenTheEnd() {
    assertThat(schedule.untilNext(false, Duration.ofHours(1), false))
        .isEqualTo(Duration.ofHours(3));
    assertThat(schedule.untilNext(false, Duration.ofHours(5), true))
        .isEqualTo(Duration.ofHours(115));
    assertThat(schedule.untilNext(false, Duration.ofDays(9), true)).isZero();
  }
}
