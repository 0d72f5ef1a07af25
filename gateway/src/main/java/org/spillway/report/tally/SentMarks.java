package org.spillway.report.tally;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Which reports of a period are sent already, in a file beside its {@link TallyFile}, so that a
 * restart in the middle sends none twice. A mark is one line of text.
 */
public final class SentMarks {
  private final Path path;
  private final Set<String> marks = new HashSet<>();

  /** Reads the marks of a period; none when there is no file yet. */
  public SentMarks(TallyFile file) throws IOException {
    path = file.path().resolveSibling(file.path().getFileName() + ".sent");
    if (Files.exists(path)) {
      marks.addAll(Files.readAllLines(path, StandardCharsets.ISO_8859_1));
    }
  }

  /** True when this report was sent. */
  public boolean contains(String mark) {
    return marks.contains(mark);
  }

  /** Remembers that this report is safe in the queue. */
  public void add(String mark) throws IOException {
    byte[] line = ("\n" + mark + "\n").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(
        path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
    marks.add(mark);
  }

  /** Removes the file, with that of the period. */
  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
