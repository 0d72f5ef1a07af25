package org.spillway.auth.dkim.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dkim.SigningKey;
import org.spillway.mail.Domain;

/** Which selector signs when, and what is due. */
class DkimKeysTest {
  private static final SignatureEngine ENGINE = SignatureEngine.fastest();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Rotation ROTATION =
      new Rotation(Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(10), Duration.ofDays(4));
  private static final Domain EXAMPLE = Domain.parse("example.com").orElseThrow();
  private static final KeyMaterial KEY = KeyMaterial.generate(Algorithm.ED25519_SHA256, ENGINE);

  private static Selector selector(Domain domain, String name, Optional<Instant> created) {
    return new Selector(domain, name, new KeyFile(KEY, created));
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,PUBLISH",
    "0,PUBLISH",
    "1,WAIT",
    "2,WAIT",
    "3,ACTIVE",
    "12,ACTIVE",
    "13,RETIRING",
    "16,RETIRING",
    "17,RETIRED",
    "9999,RETIRED",
  })
  void stagesFollowTheDays(int day, Stage stage) {
    assertThat(ROTATION.stage(START, day(day))).isEqualTo(stage);
  }

  @Test
  void aSuccessorIsActiveWhenItsForerunnerRetires() {
    Instant next = ROTATION.successor(START);
    for (int day = 3; day < 23; day++) {
      DkimKeys keys =
          new DkimKeys(
              List.of(
                  selector(EXAMPLE, "one", Optional.of(START)),
                  selector(EXAMPLE, "two", Optional.of(next))),
              ROTATION);
      assertThat(keys.signing(EXAMPLE, day(day)))
          .extracting(SigningKey::selector)
          .containsExactly(day < 13 ? "one" : "two");
    }
  }

  @Test
  void withoutSuccessorTheOldOneGoesOnUntilItsRecordMayGo() {
    DkimKeys keys = new DkimKeys(List.of(selector(EXAMPLE, "one", Optional.of(START))), ROTATION);
    assertThat(keys.signing(EXAMPLE, day(2))).isEmpty();
    assertThat(keys.signing(EXAMPLE, day(15))).hasSize(1);
    assertThat(keys.signing(EXAMPLE, day(18))).isEmpty();
    assertThat(keys.due(day(0)))
        .containsExactly(new RotationStep.Publish(keys.selectors().getFirst()));
    assertThat(keys.due(day(5))).isEmpty();
    assertThat(keys.due(day(10)))
        .containsExactly(new RotationStep.Create(EXAMPLE, Algorithm.ED25519_SHA256, "s20260111e"));
    assertThat(keys.due(day(14))).hasSize(2).last().isInstanceOf(RotationStep.Overdue.class);
    assertThat(keys.due(day(20))).hasSize(2).last().isInstanceOf(RotationStep.Withdraw.class);
  }

  @Test
  void keysWithoutATimeAreAlwaysUsed() {
    Selector mine = selector(EXAMPLE, "mine", Optional.empty());
    DkimKeys keys = new DkimKeys(List.of(mine), Rotation.USUAL);
    assertThat(keys.signing(EXAMPLE, START)).hasSize(1);
    assertThat(keys.due(START)).isEmpty();
    assertThat(mine.recordName()).isEqualTo("mine._domainkey.example.com");
  }

  @Test
  void theNearestDomainSigns() {
    Domain below = Domain.parse("sub.example.com").orElseThrow();
    Domain other = Domain.parse("notexample.com").orElseThrow();
    DkimKeys keys =
        new DkimKeys(
            List.of(
                selector(EXAMPLE, "up", Optional.empty()),
                selector(below, "low", Optional.empty())),
            ROTATION);
    Domain lowest = Domain.parse("a.sub.example.com").orElseThrow();
    assertThat(keys.signing(lowest, START)).extracting(SigningKey::domain).containsExactly(below);
    assertThat(keys.signing(EXAMPLE, START))
        .extracting(SigningKey::domain)
        .containsExactly(EXAMPLE);
    assertThat(keys.signing(other, START)).isEmpty();
  }
}
