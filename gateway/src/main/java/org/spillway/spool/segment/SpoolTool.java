package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spillway.spool.SpoolSettings;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;
import org.spillway.spool.disk.JdkDisk;

/**
 * Looks into the files of a spool without changing them, whether a node runs on it or not. On a
 * running node the segment being written has no footer yet, and records may come in meanwhile.
 */
public final class SpoolTool {
  private static final int HEAD_BYTES = 512;

  private final SpoolSettings settings;
  private final Disk disk;
  private final Path log;
  private final Path bodies;

  private SpoolTool(SpoolSettings settings, Disk disk) {
    this.settings = settings;
    this.disk = disk;
    log = settings.directory().resolve(SegmentSpool.LOG);
    bodies = settings.directory().resolve(SegmentSpool.BODIES);
  }

  /** A tool for the spool of those settings. */
  public static SpoolTool of(SpoolSettings settings) {
    return of(settings, new JdkDisk());
  }

  /** The same on another disk. */
  static SpoolTool of(SpoolSettings settings, Disk disk) {
    return new SpoolTool(settings, disk);
  }

  /**
   * Reads every record and checks its sum, and each footer against the records; then opens every
   * live entry with its whole content.
   *
   * @param row takes the facts of each file: name, state, records, bytes
   * @return what is wrong, a sentence each
   */
  public List<String> verify(Consumer<Map<String, Object>> row) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path file : segments()) {
      verify(file, row, problems);
    }
    for (Path file : bodyFiles()) {
      try (DiskFile body = disk.openToRead(file)) {
        row.accept(facts(file, "body", 0, body.sizeBytes()));
      }
    }
    problems.addAll(new SpoolCheck(settings, disk).problems());
    return problems;
  }

  private void verify(Path file, Consumer<Map<String, Object>> row, List<String> problems)
      throws IOException {
    try (DiskFile opened = disk.openToRead(file)) {
      switch (Head.decode(opened.readFully(ByteBuffer.allocate(HEAD_BYTES), 0))) {
        case Head.Kind.Free _ -> row.accept(facts(file, "free", 0, opened.sizeBytes()));
        case Head.Kind.Damaged damaged ->
            problems.add(file + " is no segment: " + damaged.why() + "; move it away");
        case Head.Kind.Used used -> {
          int[] count = new int[1];
          int end = Scan.run(opened, used.head(), (_, _) -> count[0]++);
          Optional<Footer> footer = Footer.read(opened, used.head());
          row.accept(facts(file, footer.isPresent() ? "sealed" : "open", count[0], end));
          footer.flatMap(f -> difference(file, f, count[0], end)).ifPresent(problems::add);
        }
      }
    }
  }

  private static Optional<String> difference(Path file, Footer footer, int records, int end) {
    if (footer.stubs().size() == records && footer.end() == end) {
      return Optional.empty();
    }
    return Optional.of(
        file
            + " has "
            + records
            + " sound records up to byte "
            + end
            + ", its footer lists "
            + footer.stubs().size()
            + " up to byte "
            + footer.end()
            + "; keep a copy and restore the messages of the damaged part from their senders");
  }

  private static Map<String, Object> facts(Path file, String state, int records, long bytes) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", file.getFileName().toString());
    facts.put("state", state);
    facts.put("records", records);
    facts.put("bytes", bytes);
    return facts;
  }

  /**
   * Shows every record, without content: file, offset, type, id, bytes.
   *
   * @param row takes the facts of each record
   */
  public void dump(Consumer<Map<String, Object>> row) throws IOException {
    for (Path file : segments()) {
      try (DiskFile opened = disk.openToRead(file)) {
        if (Head.decode(opened.readFully(ByteBuffer.allocate(HEAD_BYTES), 0))
            instanceof Head.Kind.Used used) {
          Scan.run(opened, used.head(), (stub, _) -> row.accept(facts(file, stub)));
        }
      }
    }
  }

  private static Map<String, Object> facts(Path file, Stub stub) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", file.getFileName().toString());
    facts.put("offset", stub.place().offset());
    facts.put("type", stub.type().name());
    facts.put("id", stub.id().toString());
    facts.put("bytes", stub.place().length());
    return facts;
  }

  private List<Path> segments() throws IOException {
    return list(log)
        .filter(
            file -> {
              Matcher name = Recovery.NAME.matcher(file.getFileName().toString());
              return name.matches();
            })
        .sorted()
        .collect(Collectors.toList());
  }

  private List<Path> bodyFiles() throws IOException {
    return list(bodies).sorted().toList();
  }

  private Stream<Path> list(Path directory) throws IOException {
    return disk.list(directory).stream();
  }
}
