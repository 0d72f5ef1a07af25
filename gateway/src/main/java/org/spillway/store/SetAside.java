package org.spillway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Renames a damaged database, so that a person can look at it; only the newest one is kept. */
final class SetAside {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  SetAside(InstantSource clock) {
    this.clock = clock;
  }

  /** Renames the directory to {@code NAME.broken-TIME}; nothing happens when it does not exist. */
  void move(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    for (Path older : older(directory)) {
      delete(older);
    }
    String name = directory.getFileName() + ".broken-" + STAMP.format(clock.instant());
    Files.move(directory, directory.resolveSibling(name));
  }

  private static List<Path> older(Path directory) throws IOException {
    String start = directory.getFileName() + ".broken-";
    try (Stream<Path> siblings = Files.list(directory.toAbsolutePath().getParent())) {
      return siblings.filter(p -> p.getFileName().toString().startsWith(start)).toList();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
