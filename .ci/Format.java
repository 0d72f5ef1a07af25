import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one formatter: google-java-format over every Java file of the repository. Run by the build
 * with {@code check} or {@code apply}; the library comes by class path. A check that finds
 * something leaves {@code target/format-wrong.txt}, with which the build then fails.
 *
 * <p>A file checked before and not touched since is not read again (the stamp in {@code target}).
 */
final class Format {

  private static final Formatter FORMATTER =
      new Formatter(JavaFormatterOptions.builder().reorderModifiers(true).build());

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]).toAbsolutePath().normalize();
    Path stamp = root.resolve("target/format-checked");
    Path verdict = root.resolve("target/format-wrong.txt");
    long since = Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toMillis() : 0;
    long now = System.currentTimeMillis();

    List<String> wrong =
        sources(root).parallelStream()
            .filter(file -> file.toFile().lastModified() >= since)
            .map(file -> look(root, file, apply))
            .flatMap(Optional::stream)
            .toList();

    Files.createDirectories(stamp.getParent());
    Files.deleteIfExists(verdict);
    if (wrong.isEmpty()) {
      Files.writeString(stamp, "");
      Files.setLastModifiedTime(stamp, FileTime.fromMillis(now));
    } else if (apply) {
      wrong.forEach(line -> System.out.println("[INFO] formatted: " + line));
    } else {
      Files.writeString(verdict, "\n  " + String.join("\n  ", wrong));
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules.filter(Files::isDirectory).flatMap(Format::javaFiles).sorted().toList();
    }
  }

  private static Stream<Path> javaFiles(Path module) {
    Path start = module.endsWith(".ci") ? module : module.resolve("src");
    try (Stream<Path> files = Files.exists(start) ? Files.walk(start) : Stream.empty()) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + start, e);
    }
  }

  /** What is wrong with one file, if anything; mended on the way when asked to. */
  private static Optional<String> look(Path root, Path file, boolean apply) {
    String name = root.relativize(file).toString();
    try {
      String is = Files.readString(file);
      String ought = formatted(is);
      if (is.equals(ought)) {
        return Optional.empty();
      }
      if (apply) {
        Files.writeString(file, ought);
      }
      return Optional.of(name);
    } catch (FormatterException e) {
      return Optional.of(name + " (it does not parse: " + e.getMessage().strip() + ")");
    } catch (IOException e) {
      return Optional.of(name + " (" + e + ")");
    }
  }

  private static String formatted(String source) throws FormatterException {
    String imports = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
    return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(imports));
  }
}
