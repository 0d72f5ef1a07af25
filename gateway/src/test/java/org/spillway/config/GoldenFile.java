package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that a test compares with a file of the repository; {@code -Dspillway.golden=write} writes
 * the file instead.
 */
final class GoldenFile {
  static final Path TOP = top(Path.of("").toAbsolutePath());

  private GoldenFile() {}

  private static Path top(Path directory) {
    return Files.isDirectory(directory.resolve("config-samples"))
        ? directory
        : top(directory.getParent());
  }

  static void compare(Path file, String text) throws IOException {
    if (System.getProperty("spillway.golden", "").equals("write")) {
      Files.writeString(file, text);
    }
    assertThat(text)
        .as(file + " (-Dspillway.golden=write writes it)")
        .isEqualTo(Files.readString(file));
  }
}
