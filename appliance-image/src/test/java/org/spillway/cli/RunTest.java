package org.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.control.FakeNode;

/** {@code spillway run} in a JVM of its own: SIGTERM is a clean stop and an exit code of 0. */
@Timeout(60)
final class RunTest {
  @TempDir private Path directory;

  /** The program, with a gateway that only says what it is told. */
  public static final class Program {
    private Program() {}

    public static void main(String[] args) {
      System.exit(
          Spillway.commandLine(new FakeWiring(new FakeNode().inspection, System.out), World.real())
              .execute(args));
    }
  }

  private Process start(String config) throws IOException {
    Path file = Files.writeString(directory.resolve("spillway.yaml"), config);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            "run",
            "-c",
            file.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void sigtermStopsAndExitsWithZero() throws Exception {
    Process process = start("node: {}");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("started");
      process.toHandle().destroy(); // SIGTERM, and the streams stay open
      assertThat(out.readAllLines()).isEqualTo(List.of("stopped"));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aWrongConfigurationIsRefusedBeforeAnythingStarts() throws Exception {
    Process process = start("node: {}\nlistners: []");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> lines = out.readAllLines();
      assertThat(lines.getFirst()).contains("did you mean \"listeners\"?");
      assertThat(lines.getLast()).contains("is not good; mend it and start again.");
      assertThat(process.waitFor()).isEqualTo(5);
    }
  }
}
