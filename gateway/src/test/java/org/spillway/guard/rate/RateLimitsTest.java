package org.spillway.guard.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.guard.rate.RateLimit.By;
import org.spillway.guard.rate.RateLimit.Of;
import org.spillway.mail.Address;
import org.spillway.mail.ReversePath;

/** Windows that slide, several limits at once, bounded memory. */
class RateLimitsTest {
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");

  private RateLimits limits(RateLimit... limits) {
    return new RateLimits(List.of(limits), 100, () -> now);
  }

  private static RateLimit limit(By by, Of of, long most) {
    return new RateLimit(by, of, most, Duration.ofMinutes(1));
  }

  private static Sent from(String ip) {
    return new Sent(
        InetAddress.ofLiteral(ip), false, Optional.empty(), ReversePath.NULL, Optional.empty());
  }

  private static Sent user(String name) {
    return new Sent(
        InetAddress.ofLiteral("192.0.2.1"),
        true,
        Optional.of(name),
        ReversePath.NULL,
        Optional.empty());
  }

  private int passed(int tries, java.util.function.Supplier<Optional<RateLimit>> attempt) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += attempt.get().isEmpty() ? 1 : 0;
    }
    return passed;
  }

  @Test
  void soManyPassAndNoMore() {
    RateLimits limits = limits(limit(By.ADDRESS, Of.MESSAGES, 5));
    assertThat(passed(9, () -> limits.message(from("192.0.2.1")))).isEqualTo(5);
    assertThat(passed(9, () -> limits.message(from("192.0.2.2")))).isEqualTo(5);
  }

  @Test
  void theWindowSlides() {
    RateLimits limits = limits(limit(By.ADDRESS, Of.MESSAGES, 10));
    assertThat(passed(20, () -> limits.message(from("192.0.2.1")))).isEqualTo(10);
    now = now.plusSeconds(60);
    assertThat(passed(20, () -> limits.message(from("192.0.2.1")))).isZero();
    now = now.plusSeconds(30);
    assertThat(passed(20, () -> limits.message(from("192.0.2.1")))).isEqualTo(5);
    now = now.plusSeconds(300);
    assertThat(passed(20, () -> limits.message(from("192.0.2.1")))).isEqualTo(10);
    now = now.minusSeconds(3600);
    assertThat(passed(20, () -> limits.message(from("192.0.2.1")))).isEqualTo(10);
  }

  @Test
  void networksAreWide() {
    RateLimits limits = limits(limit(By.NETWORK, Of.MESSAGES, 2));
    assertThat(limits.message(from("192.0.2.1"))).isEmpty();
    assertThat(limits.message(from("192.0.2.200"))).isEmpty();
    assertThat(limits.message(from("192.0.2.3"))).isPresent();
    assertThat(limits.message(from("2001:db8::1"))).isEmpty();
    assertThat(limits.message(from("2001:db8::ffff:0:0:1"))).isEmpty();
    assertThat(limits.message(from("2001:db8::2"))).isPresent();
    assertThat(limits.message(from("2001:db8:0:1::2"))).isEmpty();
  }

  @Test
  void ourNetworksAreNotCountedByAddressAndUsersAre() {
    RateLimits limits = limits(limit(By.ADDRESS, Of.MESSAGES, 1), limit(By.USER, Of.MESSAGES, 3));
    assertThat(passed(9, () -> limits.message(user("ann")))).isEqualTo(3);
    assertThat(passed(9, () -> limits.message(user("bob")))).isEqualTo(3);
  }

  @Test
  void whenOneIsReachedNoneCounts() {
    RateLimit tight = limit(By.RECIPIENT, Of.MESSAGES, 1);
    RateLimits limits = limits(limit(By.ADDRESS, Of.RECIPIENTS, 3), tight);
    Sent full = from("192.0.2.1").to(Address.parse("a@x.test").orElseThrow());
    assertThat(limits.recipient(full)).isEmpty();
    assertThat(passed(50, () -> limits.recipient(full))).isZero();
    assertThat(limits.recipient(full)).contains(tight);
    assertThat(limits.recipient(full.to(Address.parse("b@x.test").orElseThrow()))).isEmpty();
    assertThat(limits.recipient(full.to(Address.parse("c@x.test").orElseThrow()))).isEmpty();
    assertThat(limits.recipient(full.to(Address.parse("d@x.test").orElseThrow()))).isPresent();
  }

  @Test
  void bytesThatAreSpentAreSeenAtMail() {
    RateLimits limits = limits(limit(By.ADDRESS, Of.BYTES, 1000));
    assertThat(limits.content(from("192.0.2.1"), 600)).isEmpty();
    assertThat(limits.message(from("192.0.2.1"))).isEmpty();
    assertThat(limits.content(from("192.0.2.1"), 600)).isPresent();
    assertThat(limits.content(from("192.0.2.1"), 400)).isEmpty();
    assertThat(limits.message(from("192.0.2.1"))).isPresent();
  }

  @Test
  void memoryIsBounded() {
    RateLimits limits = limits(limit(By.ADDRESS, Of.MESSAGES, 5));
    for (int i = 0; i < 1000; i++) {
      limits.message(from("10.0." + i / 250 + "." + i % 250));
    }
    assertThat(limits.keys()).isEqualTo(100);
  }

  @Test
  void aReloadGoesOnCounting() {
    RateLimit kept = limit(By.ADDRESS, Of.MESSAGES, 2);
    RateLimits before = limits(kept);
    before.message(from("192.0.2.1"));
    RateLimits after = before.with(List.of(kept, limit(By.NETWORK, Of.MESSAGES, 9)), 100);
    assertThat(passed(9, () -> after.message(from("192.0.2.1")))).isEqualTo(1);
  }
}
