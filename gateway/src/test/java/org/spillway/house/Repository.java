package org.spillway.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the repository is and what files it holds, seen from a test of any module. */
final class Repository {

  static final Path ROOT = top(Path.of("").toAbsolutePath());
  static final List<String> MODULES = List.of("cluster", "gateway", "admin-web", "appliance-image");

  private Repository() {}

  /** Every file below a folder, from the repository's top; nothing if the folder is not there. */
  static List<Path> files(String folder) throws IOException {
    Path start = ROOT.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path top(Path folder) {
    return Files.isDirectory(folder.resolve("appliance-image")) ? folder : top(folder.getParent());
  }
}
