import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says at the end of {@code mvn verify} what this build skipped, and why, from the lines that the
 * tests' SkipListener left in each module's {@code target/skipped.txt}.
 */
final class Skipped {

  private Skipped() {}

  public static void main(String[] args) throws IOException {
    Instant start = Instant.parse(args[1]);
    List<String> skipped = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(args[0]))) {
      for (Path module : modules.sorted().toList()) {
        Path file = module.resolve("target/skipped.txt");
        if (Files.exists(file)) {
          Files.readAllLines(file).stream()
              .map(line -> line.split(" ", 2))
              .filter(words -> !Instant.parse(words[0]).isBefore(start))
              .forEach(words -> skipped.add(module.getFileName() + ": " + words[1]));
        }
      }
    }
    if (skipped.isEmpty()) {
      System.out.println("[INFO] Nothing was skipped.");
      return;
    }
    String bar = "[WARNING] " + "*".repeat(90);
    System.out.println(bar);
    System.out.println("[WARNING] NOT TESTED HERE, " + skipped.size() + " skipped:");
    skipped.forEach(line -> System.out.println("[WARNING]   " + line));
    System.out.println(
        "[WARNING] .ci/run installs the peers; -Dspillway.peers=required fails what would be"
            + " skipped.");
    System.out.println(bar);
  }
}
