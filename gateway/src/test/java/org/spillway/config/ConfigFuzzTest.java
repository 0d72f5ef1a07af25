package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Whatever the file holds, the answer is settings or problems, each on a line of its own. */
final class ConfigFuzzTest {

  @FuzzTest
  void nothingIsThrown(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    Config.Result result =
        Config.parse(text, Path.of("fuzz/s.yaml"), Map.of("A", "b"), Config.MissingFiles.WARN);
    List<Problem> said =
        switch (result) {
          case Config.Loaded loaded -> loaded.warnings();
          case Config.Invalid invalid -> {
            assertThat(invalid.problems()).isNotEmpty();
            yield invalid.problems();
          }
        };
    for (Problem problem : said) {
      assertThat(problem.toString().chars()).noneMatch(Character::isISOControl);
      assertThat(problem.line()).isPositive();
      assertThat(problem.column()).isPositive();
    }
  }
}
