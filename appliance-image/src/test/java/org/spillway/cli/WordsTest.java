package org.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, instants and sizes, as people write and read them. */
final class WordsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  @ParameterizedTest
  @CsvSource({"90s,90", "30m,1800", "2h,7200", "1d12h,129600", "1d1h1m1s,90061", "0s,0"})
  void readsDurations(String text, long seconds) {
    assertThat(Words.duration(text)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "h", "-2h", "2h3d", "soon", "2 h", "9999999999s", "PT2H"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(Words.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "59,59s",
    "60,1m",
    "61,1m1s",
    "3600,1h",
    "11520,3h12m",
    "86400,1d",
    "187200,2d4h",
    "-5,0s"
  })
  void writesTheTwoGreatestUnits(long seconds, String text) {
    assertThat(Words.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0B",
    "1023,1023B",
    "1024,1.0K",
    "10445,10.2K",
    "52428800,50.0M",
    "1099511627776,1.0T"
  })
  void writesSizes(long bytes, String text) {
    assertThat(Words.size(bytes)).isEqualTo(text);
  }

  @Test
  void readsInstants() {
    assertThat(Words.instant("2h", NOW)).contains(Instant.parse("2026-11-24T07:00:00Z"));
    assertThat(Words.instant("2026-11-23", NOW)).contains(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(Words.instant("2026-11-23T05:06:07Z", NOW))
        .contains(Instant.parse("2026-11-23T05:06:07Z"));
    assertThat(Words.instant("2026-13-23", NOW)).isEmpty();
    assertThat(Words.instant("yesterday", NOW)).isEmpty();
  }

  @Test
  void whatWouldSteerATerminalIsNotShown() {
    assertThat(Words.safe("a\u001b[31mb\nc\u202ed\u0000")).isEqualTo("a?[31mb c?d?");
    assertThat(Words.safe("Grüße 日本 \ud83d\ude00")).isEqualTo("Grüße 日本 \ud83d\ude00");
    assertThat(Words.safe("\ud800")).isEqualTo("?");
  }
}
