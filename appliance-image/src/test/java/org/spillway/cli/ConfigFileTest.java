package org.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.control.FakeNode;

/** Where the configuration is looked for, and the socket that it leads to. */
final class ConfigFileTest {
  @TempDir private Path directory;

  private final StringWriter said = new StringWriter();

  private int run(Map<String, String> variables, Optional<Path> home, String... words) {
    World world =
        new World(variables, home, () -> FakeNode.NOW, new ByteArrayInputStream(new byte[0]));
    PrintWriter writer = new PrintWriter(said, true);
    return Spillway.commandLine(new FakeWiring(new FakeNode().inspection, System.out), world)
        .setOut(writer)
        .setErr(writer)
        .execute(words);
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void theOptionComesBeforeTheVariableAndTheVariableBeforeTheInstall() throws IOException {
    Path given = file("given.yaml", "node: {}");
    Path variable = file("variable.yaml", "node: {}");
    Path installed = file("home/conf/spillway.yaml", "node: {}");
    Map<String, String> variables = Map.of("SPILLWAY_CONFIG", variable.toString());
    Optional<Path> home = Optional.of(directory.resolve("home"));
    assertThat(run(variables, home, "check", "-c", given.toString())).isZero();
    assertThat(run(variables, home, "check")).isZero();
    assertThat(run(Map.of(), home, "check")).isZero();
    assertThat(said.toString().lines())
        .containsExactly(given + " is good", variable + " is good", installed + " is good");
  }

  @Test
  void aFileThatIsNamedAndMissingIsNotReplacedByAnother() throws IOException {
    file("home/conf/spillway.yaml", "node: {}");
    assertThat(
            run(
                Map.of(),
                Optional.of(directory.resolve("home")),
                "check",
                "-c",
                directory.resolve("none.yaml").toString()))
        .isEqualTo(2);
    assertThat(said.toString()).contains("none.yaml; name one with -c FILE");
  }

  @Test
  void theSocketIsInTheDataDirectory() throws IOException {
    Path relative = file("a.yaml", "node:\n  data: var\n");
    Path absolute = file("b.yaml", "node: {data: " + directory.resolve("abs") + "}");
    Path none = file("c.yaml", "node: {name: mx}");
    for (Path config : new Path[] {relative, absolute, none}) {
      assertThat(run(Map.of(), Optional.empty(), "site", "list", "-c", config.toString()))
          .isEqualTo(3);
    }
    assertThat(said.toString())
        .contains(directory.resolve("var/control.sock") + " ")
        .contains(directory.resolve("abs/control.sock") + " ")
        .contains("/var/lib/spillway/control.sock ");
  }

  @Test
  void aFileThatIsNoYamlIsSaid() throws IOException {
    Path broken = file("broken.yaml", "node: [");
    assertThat(run(Map.of(), Optional.empty(), "site", "list", "-c", broken.toString()))
        .isEqualTo(5);
    assertThat(said.toString()).contains("\"spillway check\" says why");
  }
}
