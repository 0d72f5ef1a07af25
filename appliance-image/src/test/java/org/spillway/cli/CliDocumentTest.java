package org.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.control.FakeNode;
import org.spillway.control.socket.Exit;
import picocli.CommandLine;

/**
 * {@code docs/cli.md} ends with the help of every command, as the program prints it. The document
 * as it should be is left in {@code target/cli.md}, to copy.
 */
final class CliDocumentTest {
  static final Path DOCUMENT = Path.of("..", "docs", "cli.md");
  private static final String MARK =
      "<!-- From here on: the help of each command, checked by CliDocumentTest. -->\n";

  @Test
  void hasTheHelpOfEveryCommand() throws IOException {
    String document = Files.readString(DOCUMENT);
    int mark = document.indexOf(MARK);
    assertThat(mark).as("the mark in docs/cli.md").isPositive();
    StringBuilder right = new StringBuilder(document.substring(0, mark)).append(MARK);
    for (CommandLine command : commands(line())) {
      right
          .append("\n### ")
          .append(command.getCommandSpec().qualifiedName())
          .append("\n\n```\n")
          .append(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
          .append("```\n");
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/cli.md"), right.toString());
    assertThat(document).isEqualTo(right.toString());
  }

  @Test
  void everyCommandSaysWhatItIsAndHowItEnds() {
    for (CommandLine command : commands(line())) {
      String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
      for (Exit exit : Exit.values()) {
        assertThat(help).contains("\n  " + exit.code() + "   ");
      }
      assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
      if (command.getSubcommands().isEmpty() && !command.getCommandName().equals("version")) {
        assertThat(help).contains("Example").contains("\n  spillway ");
      }
    }
  }

  private static CommandLine line() {
    World world =
        new World(
            Map.of(), Optional.empty(), () -> FakeNode.NOW, new ByteArrayInputStream(new byte[0]));
    return Spillway.commandLine(new FakeWiring(new FakeNode().inspection, System.out), world);
  }

  private static List<CommandLine> commands(CommandLine line) {
    List<CommandLine> all = new ArrayList<>();
    if (!line.getCommandName().equals("help")) {
      all.add(line);
      line.getSubcommands().values().forEach(sub -> all.addAll(commands(sub)));
    }
    return all;
  }
}
