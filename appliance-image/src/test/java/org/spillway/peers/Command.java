package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that runs to its end, and what it left. */
record Command(List<String> words, Map<String, String> environment) {

  private static final Duration LONGEST = Duration.ofMinutes(4);

  /** What a program left: its exit code, standard output and standard error. */
  record Left(int code, String out, String err) {}

  static Command of(Object... words) {
    return new Command(List.of(words).stream().map(Object::toString).toList(), Map.of());
  }

  Command with(String name, String value) {
    return new Command(words, Map.of(name, value));
  }

  /** Runs it; it is ended when it takes more than four minutes. */
  Left run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("spillway-command", ".out");
    Path err = Files.createTempFile("spillway-command", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      return new Left(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Runs it, wants it to end with 0, and gives its standard output. */
  String must() throws IOException, InterruptedException {
    Left left = run();
    assertThat(left.code()).as("%s: %s%s", words, left.out(), left.err()).isZero();
    return left.out();
  }
}
