package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any subject can be shown: short, and without control characters. */
class EncodedWordsFuzzTest {
  @FuzzTest
  void anyValue(FuzzedDataProvider data) {
    String value = data.consumeRemainingAsString();
    String shown = EncodedWords.decode(value, 200);
    assertThat(shown.length()).isLessThanOrEqualTo(200);
    assertThat(shown.chars()).noneMatch(Character::isISOControl);
  }
}
