package org.spillway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What paces a site: feedback concurrency, slow start, quotas. */
final class LimitsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void concurrencyGrowsByOneForEachCohortThatWentWell() {
    Concurrency concurrency = new Concurrency(20);
    assertThat(concurrency.limit()).isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      concurrency.ok(5);
    }
    assertThat(concurrency.limit()).isEqualTo(6);
    for (int i = 0; i < 1000; i++) {
      concurrency.ok(concurrency.limit());
    }
    assertThat(concurrency.limit()).isEqualTo(20);
  }

  @Test
  void concurrencyDoesNotGrowWhileSlotsAreIdle() {
    Concurrency concurrency = new Concurrency(20);
    for (int i = 0; i < 1000; i++) {
      concurrency.ok(1);
    }
    assertThat(concurrency.limit()).isEqualTo(6); // busy 1 + initial 5
  }

  @Test
  void concurrencyDropsAtTheStartOfACycleAndIsDeadAfterThreeCohorts() {
    Concurrency concurrency = new Concurrency(20);
    assertThat(concurrency.failed()).isFalse();
    assertThat(concurrency.limit()).isEqualTo(4);
    int failures = 1;
    while (!concurrency.failed()) {
      failures++;
    }
    assertThat(failures).isBetween(4, 16);
    assertThat(concurrency.limit()).isEqualTo(1);
  }

  @Test
  void concurrencyNeverExceedsASmallSite() {
    Concurrency concurrency = new Concurrency(2);
    for (int i = 0; i < 100; i++) {
      concurrency.ok(2);
    }
    assertThat(concurrency.limit()).isEqualTo(2);
    concurrency.afterOutage();
    assertThat(concurrency.limit()).isEqualTo(2);
  }

  /** The reference's measurement: a server that takes five connections and 421s the sixth. */
  @Test
  void feedbackSettlesNearWhatABusyServerTakes() {
    Concurrency concurrency = new Concurrency(20);
    int refused = 0;
    int attempts = 10_000;
    for (int i = 0; i < attempts; i++) {
      int busy = concurrency.limit();
      if (i % busy >= 5) {
        refused++;
        concurrency.failed();
      } else {
        concurrency.ok(busy);
      }
    }
    assertThat(refused).isLessThan(attempts / 5);
  }

  @Test
  void slowStartBeginsWithOneConnectionAndATenthOfTheRate() {
    SlowStart slow = new SlowStart(100, HealthSettings.DEFAULT, 0);
    assertThat(slow.limit()).isEqualTo(1);
    assertThat(passed(slow, 0, 10)).isBetween(100, 115);
    slow.ok(0);
    assertThat(slow.limit()).isEqualTo(2);
    slow.ok(0);
    slow.ok(0);
    assertThat(slow.limit()).isEqualTo(3);
    assertThat(passed(slow, 30, 10)).isBetween(140, 170);
    assertThat(slow.isOver(40 * SECOND)).isFalse();
    assertThat(slow.isOver(300 * SECOND)).isTrue();
  }

  private static int passed(SlowStart slow, int from, int seconds) {
    int passed = 0;
    for (long tick = from * SECOND; tick < (from + seconds) * SECOND; tick += SECOND / 1000) {
      if (slow.waitFor(tick).isZero()) {
        slow.took();
        passed++;
      }
    }
    return passed;
  }

  @Test
  void slowStartHalvesAndHoldsWhenTheSiteIsTooBusy() {
    SlowStart slow = new SlowStart(100, HealthSettings.DEFAULT, 0);
    for (int i = 0; i < 36; i++) {
      slow.ok(0);
    }
    assertThat(slow.limit()).isEqualTo(9);
    slow.overloaded(SECOND);
    slow.overloaded(2 * SECOND); // the same moment, told by another connection
    assertThat(slow.limit()).isEqualTo(4);
    for (int i = 0; i < 36; i++) {
      slow.ok(30 * SECOND);
    }
    assertThat(slow.limit()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      slow.ok(62 * SECOND);
    }
    assertThat(slow.limit()).isEqualTo(5);
  }

  private static Quota quota(long messages, long recipients, long day) {
    return new Quota(
        new SiteLimits(
            OptionalLong.empty(), 100, 20, 1000, limit(messages), limit(recipients), limit(day)),
        0);
  }

  private static OptionalLong limit(long value) {
    return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  @Test
  void ratesCountMessagesAndRecipients() {
    Quota byMessage = quota(10, 0, 0);
    Quota byRecipient = quota(0, 10, 0);
    int messages = 0;
    int recipients = 0;
    for (long tick = 0; tick < 10 * SECOND; tick += SECOND / 100) {
      messages += byMessage.take(5, tick).isZero() ? 1 : 0;
      recipients += byRecipient.take(5, tick).isZero() ? 5 : 0;
    }
    assertThat(messages).isBetween(100, 111);
    assertThat(recipients).isBetween(95, 115);
  }

  @Test
  void aMessageWithMoreRecipientsThanABurstStillGoes() {
    Quota quota = quota(0, 10, 0);
    assertThat(quota.take(50, 0)).isZero();
    assertThat(quota.take(1, SECOND)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void theDaysQuotaStopsAtNinetyFivePercentAndRolls() {
    Quota quota = quota(0, 0, 100);
    for (int i = 0; i < 95; i++) {
      assertThat(quota.take(1, i * SECOND)).isZero();
    }
    assertThat(quota.take(1, 95 * SECOND)).isGreaterThan(Duration.ofHours(23));
    assertThat(quota.pause(96 * SECOND)).isPresent();
    long nextDay = Duration.ofHours(24).plusMinutes(6).toNanos();
    assertThat(quota.pause(nextDay)).isEmpty();
    assertThat(quota.take(1, nextDay)).isZero();
  }

  @Test
  void whatWasNotAcceptedIsGivenBack() {
    Quota quota = quota(0, 0, 100);
    for (int i = 0; i < 1000; i++) {
      assertThat(quota.take(1, i)).isZero();
      quota.giveBack(1, i);
    }
  }

  @Test
  void throttlingPausesLongerEachTimeAndHalvesTheRate() {
    Quota quota = quota(0, 0, 0);
    for (int i = 0; i < 100; i++) {
      quota.take(1, i * SECOND / 100);
    }
    long tick = SECOND;
    for (int seconds : new int[] {5, 10, 30, 1200}) {
      quota.throttled(Duration.ofSeconds(5), "454", tick);
      quota.throttled(Duration.ofSeconds(5), "454", tick); // told by two connections
      assertThat(quota.pause(tick).orElseThrow().until() - tick).isEqualTo(seconds * SECOND);
      tick += seconds * SECOND;
    }
    assertThat(quota.pause(tick)).isEmpty();
    assertThat(quota.take(1, tick)).isZero();
  }

  @Test
  void theRateBeforeAnOutageIsTheOneThatMostSecondsStayedWithin() {
    RateMeter meter = new RateMeter();
    for (int second = 0; second < 100; second++) {
      for (int i = 0; i < (second == 50 ? 500 : 20); i++) {
        meter.count(second * SECOND);
      }
    }
    assertThat(meter.p95(100 * SECOND)).isEqualTo(20);
    assertThat(meter.p95(2000 * SECOND)).isZero();
  }
}
