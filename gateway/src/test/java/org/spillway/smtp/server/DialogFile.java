package org.spillway.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A dialog as a text file: header lines ({@code key: value}), a line of dashes, then steps.
 *
 * <pre>
 * C: text         the client sends the line and CRLF
 * C> text         the client sends the text alone
 * S: text         the server sends exactly that line; … at its end stands for anything
 * S~ 250          the server sends a whole reply with that code
 * TLS             a handshake
 * END             the server has closed
 * CLOCK 30        seconds pass
 * KEPT 1          so many messages are in the spool
 * HAS text        the last of them holds that line
 * HASNOT text     it does not
 * FACT key=value  what was seen of it
 * LIMIT name=1    so often a limit was counted
 * </pre>
 *
 * In C lines \r \n \0 \\ \xHH stand for bytes, and {text*N} for so many copies.
 */
public record DialogFile(String name, Map<String, String> header, List<Step> steps) {
  /** One line below the dashes. */
  public record Step(int line, String verb, String text) {}

  private static final Pattern STEP = Pattern.compile("(C:|C>|S:|S~|[A-Z]+)(?: (.*))?");
  private static final Pattern COPIES = Pattern.compile("\\{([^{}*]*)\\*(\\d+)}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|0|\\\\|x[0-9a-f]{2})");

  /** All files of the common folder. */
  public static List<DialogFile> all() {
    return in("dialogs");
  }

  /** All files of a folder of the test resources. */
  public static List<DialogFile> in(String folder) {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources").resolve(folder))) {
      return files
          .filter(f -> f.toString().endsWith(".txt"))
          .sorted()
          .map(DialogFile::read)
          .toList();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static DialogFile read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static DialogFile parse(String name, List<String> lines) {
    Map<String, String> header = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    boolean below = false;
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.startsWith("--")) {
        below = true;
      } else if (line.isBlank() || line.startsWith("#")) {
        continue;
      } else if (below) {
        steps.add(step(name, number, line));
      } else {
        String[] pair = line.split(": *", 2);
        header.put(pair[0], pair[1]);
      }
    }
    return new DialogFile(name, header, steps);
  }

  private static Step step(String name, int number, String line) {
    Matcher m = STEP.matcher(line);
    if (!m.matches()) {
      throw new IllegalArgumentException(name + ":" + number + ": " + line);
    }
    return new Step(number, m.group(1), m.group(2) == null ? "" : m.group(2));
  }

  /** The bytes of a C line. */
  public static byte[] bytes(Step step) {
    String text = COPIES.matcher(step.text()).replaceAll(DialogFile::copies);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String latin = new String(utf8, StandardCharsets.ISO_8859_1);
    String raw = ESCAPE.matcher(latin).replaceAll(m -> Matcher.quoteReplacement(plain(m.group(1))));
    String end = step.verb().equals("C:") ? "\r\n" : "";
    return (raw + end).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String copies(java.util.regex.MatchResult m) {
    return Matcher.quoteReplacement(m.group(1).repeat(Integer.parseInt(m.group(2))));
  }

  private static String plain(String escape) {
    return switch (escape) {
      case "r" -> "\r";
      case "n" -> "\n";
      case "0" -> "\0";
      case "\\" -> "\\";
      default -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    };
  }

  /** A line as a file wants it. */
  public static void assertMatches(String at, String wanted, String found) {
    if (wanted.endsWith("…")) {
      assertThat(found).as(at).startsWith(wanted.substring(0, wanted.length() - 1));
    } else {
      assertThat(found).as(at).isEqualTo(wanted);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
