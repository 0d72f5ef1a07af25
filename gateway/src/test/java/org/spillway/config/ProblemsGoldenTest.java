package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with mistakes, and the whole report that each leads to. */
final class ProblemsGoldenTest {
  private static final Path FOLDER =
      GoldenFile.TOP.resolve("gateway/src/test/resources/org/spillway/config/golden");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theReportIsAsExpected(Path file) throws IOException {
    String text = Files.readString(file);
    Config.Result result =
        Config.parse(text, file.getFileName(), Map.of(), Config.MissingFiles.REFUSE);
    assertThat(result).isInstanceOf(Config.Invalid.class);
    String report =
        ((Config.Invalid) result)
            .problems().stream().map(p -> p + "\n").collect(Collectors.joining());
    assertThat(report).doesNotContain("hunter2", "12345");
    GoldenFile.compare(Path.of(file.toString().replace(".yaml", ".expected")), report);
  }
}
