package org.spillway.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spillway.control.FakeNode;
import picocli.CommandLine;

/**
 * A session is a text as a terminal shows it: {@code $ spillway …}, what standard output got, what
 * standard error got after {@code ! }, and {@code = code} when the exit code is not 0. Lines that
 * start with a hash are for the reader. The user who runs the test is written as {@code USER}.
 */
final class Sessions {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final FakeNode node;
  private final Path directory;

  /**
   * @param directory holds spillway.yaml; its name is written as {@code DIR}
   */
  Sessions(FakeNode node, Path directory) {
    this.node = node;
    this.directory = directory;
  }

  /** Runs every command of a session and gives the session as it went. */
  String play(String session) {
    StringBuilder text = new StringBuilder();
    for (String line : session.lines().toList()) {
      if (line.startsWith("$ spillway")) {
        text.append(line).append('\n').append(run(line.substring("$ spillway".length())));
      } else if (line.startsWith("# ")) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private String run(String line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Spillway.commandLine(new FakeWiring(node.inspection, System.out), world())
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int code = command.execute(words(line));
    StringBuilder text = new StringBuilder(out.toString());
    err.toString().lines().forEach(said -> text.append("! ").append(said).append('\n'));
    if (code != 0) {
      text.append("= ").append(code).append('\n');
    }
    return text.toString()
        .replace(directory.toString(), "DIR")
        .replaceAll("\"by\":\"[^\"]*\"", "\"by\":\"USER\"")
        .replaceAll("\\S+: drill", "USER: drill");
  }

  private World world() {
    return new World(
        Map.of("SPILLWAY_CONFIG", directory.resolve("spillway.yaml").toString()),
        Optional.empty(),
        () -> FakeNode.NOW,
        new ByteArrayInputStream("s3cret\nmore".getBytes(StandardCharsets.UTF_8)));
  }

  private String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher m = WORD.matcher(line.replace("DIR", directory.toString()));
    while (m.find()) {
      words.add(Optional.ofNullable(m.group(1)).orElseGet(m::group));
    }
    return words.toArray(String[]::new);
  }
}
