package org.spillway.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new folder that servers under any user may enter, and what runs there. At the end everything is
 * closed, last opened first; the logs are kept below {@code target/peers}.
 */
final class Ground implements Closing {

  private final String name;
  private final Path folder;
  private final Deque<Closing> open = new ArrayDeque<>();

  Ground(Class<?> test) throws IOException {
    name = test.getSimpleName();
    folder = Files.createTempDirectory("spillway-" + name);
    open(folder);
  }

  Path folder() {
    return folder;
  }

  /** A folder in here that anybody may enter. */
  Path folder(String child) throws IOException {
    return open(Files.createDirectories(folder.resolve(child)));
  }

  /** Has this closed at the end, too. */
  <T extends Closing> T keep(T thing) {
    open.push(thing);
    return thing;
  }

  private static Path open(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Override
  public void close() throws Exception {
    Throwable first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception | AssertionError failed) {
        first = first == null ? failed : first;
      }
    }
    keepLogs();
    if (!Boolean.getBoolean("spillway.keep")) {
      delete(folder);
    }
    if (first != null) {
      throw new AssertionError("not everything could be closed", first);
    }
  }

  private void keepLogs() throws IOException {
    Path kept = Files.createDirectories(Path.of("target/peers").resolve(name));
    try (Stream<Path> files = Files.walk(folder, 3)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.(log|yaml)")).toList()) {
        String flat = folder.relativize(file).toString().replace('/', '-');
        Files.copy(file, kept.resolve(flat), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
