package org.spillway.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The heap of a gateway, as its JVM's {@code -Xlog:gc} tells it. */
record GcLog(Path file) {

  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

  /** The flag that writes it. */
  String flag() {
    return "-Xlog:gc:file=" + file;
  }

  /** The most that was used before a collection, in MiB. */
  long peakMiB() throws IOException {
    return collections().stream().mapToLong(c -> Long.parseLong(c.group(1))).max().orElse(0);
  }

  /** What the last collection left, in MiB. */
  long lastMiB() throws IOException {
    return Long.parseLong(collections().getLast().group(2));
  }

  private List<MatchResult> collections() throws IOException {
    return COLLECTION.matcher(Files.readString(file)).results().toList();
  }

  /** Collects all garbage of a process and gives what is left, in MiB. */
  long afterFullMiB(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
    Command.of(jcmd, pid, "GC.run").must();
    return lastMiB();
  }
}
