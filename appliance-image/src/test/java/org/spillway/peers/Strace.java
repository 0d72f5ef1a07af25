package org.spillway.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system calls of a process and its threads, as {@code strace -f -y} wrote them. */
final class Strace {

  private static final String CALLS =
      "trace=openat,write,writev,pwrite64,pwritev,sendto,sendmsg,fdatasync,fsync";
  private static final Pattern WHOLE =
      Pattern.compile("(\\d+) +[\\d.]+ (\\w+)\\((.*)\\) = (-?\\d+).*");
  private static final Pattern BEGUN =
      Pattern.compile("(\\d+) +[\\d.]+ (\\w+)\\((.*) <unfinished \\.\\.\\.>");
  private static final Pattern ENDED =
      Pattern.compile("(\\d+) +[\\d.]+ <\\.\\.\\. (\\w+) resumed>.*\\) = (-?\\d+).*");
  private static final Pattern OFFSET = Pattern.compile(".*, \\d+, (\\d+)");

  private Strace() {}

  /**
   * One call.
   *
   * @param begin number of the line where it began; calls are ordered by lines
   * @param end number of the line where it returned
   * @param arguments as strace shows them, file descriptors with their paths
   * @param result what it returned
   */
  record Call(int begin, int end, String name, String arguments, long result) {

    boolean isWriteTo(String path) {
      return name.contains("write") && isOn(path);
    }

    boolean isForceOf(String path) {
      return (name.equals("fdatasync") || name.equals("fsync")) && result == 0 && isOn(path);
    }

    boolean isCreationIn(String folder) {
      return name.equals("openat")
          && arguments.contains("O_CREAT")
          && result >= 0
          && arguments.contains("\"" + folder);
    }

    /** True for a write that holds these words, on a socket. */
    boolean says(String words) {
      return name.contains("write") && path().startsWith("socket") && arguments.contains(words);
    }

    /** The file it is on: of the descriptor, or what is opened. */
    String path() {
      char open = name.equals("openat") ? '"' : '<';
      char close = name.equals("openat") ? '"' : '>';
      int begin = arguments.indexOf(open) + 1;
      return arguments.substring(begin, Math.max(begin, arguments.indexOf(close, begin)));
    }

    private boolean isOn(String path) {
      return path().startsWith(path);
    }

    /** Where in the file a pwrite64 writes. */
    long offset() {
      Matcher numbers = OFFSET.matcher(arguments);
      return numbers.matches() ? Long.parseLong(numbers.group(1)) : 0;
    }
  }

  /** The words that put a program under strace; it stays our own child. */
  static List<String> command(Path strace, Path output) {
    return List.of(
        strace.toString(),
        "-D",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-ttt",
        "-s",
        "120",
        "-e",
        CALLS,
        "-o",
        output.toString());
  }

  /** Reads what strace wrote; calls that never returned are left out. */
  static List<Call> read(Path output) throws IOException {
    List<Call> calls = new ArrayList<>();
    Map<String, Call> begun = new HashMap<>();
    List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < lines.size(); i++) {
      Matcher whole = WHOLE.matcher(lines.get(i));
      Matcher half = BEGUN.matcher(lines.get(i));
      Matcher end = ENDED.matcher(lines.get(i));
      if (end.matches()) {
        Call call = begun.remove(end.group(1));
        if (call != null) {
          calls.add(
              new Call(call.begin, i, call.name, call.arguments, Long.parseLong(end.group(3))));
        }
      } else if (half.matches()) {
        begun.put(half.group(1), new Call(i, i, half.group(2), half.group(3), -1));
      } else if (whole.matches()) {
        calls.add(new Call(i, i, whole.group(2), whole.group(3), Long.parseLong(whole.group(4))));
      }
    }
    return calls;
  }
}
