package org.spillway.report.tally;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The counts of one period on disk: batches of lines, each closed by its checksum. A batch that a
 * crash cut off is left out when read, and does not spoil what follows.
 *
 * @param path {@code NAME-BEGIN-END.tally}, the times in seconds since 1970
 * @param period what it is about
 */
public record TallyFile(Path path, Period period) {
  private static final String BEGIN = "[";
  private static final String END = "]";
  private static final int LONGEST_LINE = 65_536;

  /** The file of a period, whether it exists or not. */
  static TallyFile of(Path folder, String name, Period period) {
    String file =
        name
            + "-"
            + period.begin().getEpochSecond()
            + "-"
            + period.end().getEpochSecond()
            + ".tally";
    return new TallyFile(folder.resolve(file), period);
  }

  /** The files of periods that are over, oldest first. */
  public static List<TallyFile> over(Path folder, String name, Instant now) throws IOException {
    List<TallyFile> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    Pattern form = Pattern.compile(Pattern.quote(name) + "-(\\d{1,12})-(\\d{1,12})\\.tally");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        Matcher m = form.matcher(path.getFileName().toString());
        if (m.matches() && Long.parseLong(m.group(2)) <= now.getEpochSecond()) {
          Instant begin = Instant.ofEpochSecond(Long.parseLong(m.group(1)));
          Instant end = Instant.ofEpochSecond(Long.parseLong(m.group(2)));
          files.add(new TallyFile(path, new Period(begin, end)));
        }
      }
    }
    files.sort(java.util.Comparator.comparing((TallyFile f) -> f.period().begin()));
    return files;
  }

  /** Adds one batch; on disk when this returns. */
  void append(Map<String, Long> counts) throws IOException {
    Files.createDirectories(path.getParent());
    boolean fresh = !Files.exists(path);
    StringBuilder batch = new StringBuilder("\n" + BEGIN + "\n"); // the first \n ends a torn line
    CRC32C sum = new CRC32C();
    counts.forEach(
        (line, count) -> {
          String text = count + "\t" + line;
          sum.update(text.getBytes(StandardCharsets.UTF_8));
          batch.append(text).append('\n');
        });
    batch.append(END).append(Long.toHexString(sum.getValue())).append('\n');
    ByteBuffer bytes = ByteBuffer.wrap(batch.toString().getBytes(StandardCharsets.UTF_8));
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(false);
    }
    if (fresh) {
      try (FileChannel directory = FileChannel.open(path.getParent())) {
        directory.force(true); // the name, too
      }
    }
  }

  /** What came of reading. */
  public record Contents(Map<String, Long> counts, long dropped) {}

  /**
   * The counts of the lines that are wanted. Reads the file from its start to its end; a large one
   * is read in several rounds, each wanting a part of the lines.
   *
   * @param mostLines different lines to hold; the count of others is only summed up as dropped
   */
  public Contents read(Predicate<String> wanted, int mostLines) throws IOException {
    Map<String, Long> total = new HashMap<>();
    long[] dropped = {0};
    scan(
        batch ->
            batch.forEach(
                entry -> {
                  String line = entry.line();
                  if (!wanted.test(line)) {
                    return;
                  }
                  if (total.size() < mostLines || total.containsKey(line)) {
                    total.merge(line, entry.count(), Long::sum);
                  } else {
                    dropped[0] += entry.count();
                  }
                }));
    return new Contents(total, dropped[0]);
  }

  private record Entry(String line, long count) {}

  private interface Batches {
    void batch(List<Entry> batch);
  }

  private void scan(Batches to) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (InputStream in = Files.newInputStream(path);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<Entry> batch = new ArrayList<>();
      CRC32C sum = new CRC32C();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(BEGIN)) {
          batch = new ArrayList<>();
          sum.reset();
        } else if (line.startsWith(END)) {
          if (line.substring(1).equals(Long.toHexString(sum.getValue()))) {
            to.batch(batch);
          }
          batch = new ArrayList<>();
        } else if (line.length() <= LONGEST_LINE) {
          sum.update(line.getBytes(StandardCharsets.UTF_8));
          entry(line).ifPresent(batch::add);
        }
      }
    }
  }

  private static Optional<Entry> entry(String line) {
    int tab = line.indexOf('\t');
    if (tab < 1 || tab > 18 || !line.substring(0, tab).chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    long count = Long.parseLong(line.substring(0, tab));
    return Optional.of(new Entry(line.substring(tab + 1), count));
  }

  /** Removes the file when its reports are sent. */
  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
