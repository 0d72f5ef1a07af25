package org.spillway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code spillway.yaml}. Whatever the file holds, the answer is a {@link Result}: the
 * settings, or every problem of the file at once; nothing is thrown.
 */
public final class Config {
  private static final int MAX_BYTES = 1 << 20;

  private Config() {}

  /** What reading a configuration gave. */
  public sealed interface Result {}

  /**
   * The file is good.
   *
   * @param settings what it says
   * @param warnings what is allowed but worth a second look, by line
   */
  public record Loaded(Settings settings, List<Problem> warnings) implements Result {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The file cannot be used.
   *
   * @param problems all of them, by line; at least one
   */
  public record Invalid(List<Problem> problems) implements Result {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** What a file or variable that the configuration names and that is not there leads to. */
  public enum MissingFiles {
    /** A problem. */
    REFUSE,
    /**
     * A warning, to check a configuration away from its machine; the settings have empty passwords
     * in such places and must not be run.
     */
    WARN
  }

  /**
   * Reads a configuration to run.
   *
   * @param file the file; relative paths in it start from its directory
   * @param environment where {@code {env: NAME}} looks
   */
  public static Result load(Path file, Map<String, String> environment) {
    return load(file, environment, MissingFiles.REFUSE);
  }

  /** Reads a configuration; {@code missing} says what missing files lead to. */
  public static Result load(Path file, Map<String, String> environment, MissingFiles missing) {
    Reading reading = new Reading(file, environment, missing);
    Optional<String> text = text(file, reading);
    return text.isPresent() ? parse(text.get(), reading) : new Invalid(reading.problems());
  }

  /** Reads the text of a configuration as if it stood in {@code file}. */
  public static Result parse(
      String text, Path file, Map<String, String> environment, MissingFiles missing) {
    return parse(text, new Reading(file, environment, missing));
  }

  private static Result parse(String text, Reading reading) {
    Optional<Tree.Table> root = YamlText.read(text, reading);
    if (root.isEmpty()) {
      return new Invalid(reading.problems());
    }
    Shape.check(root.get(), reading);
    Settings settings = new SettingsReader(reading).read(Section.root(reading, root.get()));
    return reading.problems().isEmpty()
        ? new Loaded(settings, reading.warnings())
        : new Invalid(reading.problems());
  }

  private static Optional<String> text(Path file, Reading reading) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException(file.toString());
      }
      if (Files.size(file) > MAX_BYTES) {
        reading.problem(Place.TOP, "larger than 1 MiB", "move lists into files of their own");
        return Optional.empty();
      }
      return decoded(Files.readAllBytes(file), reading);
    } catch (NoSuchFileException none) {
      reading.problem(Place.TOP, "no such file", "name the configuration with -c FILE");
    } catch (IOException | SecurityException cause) {
      reading.problem(
          Place.TOP, "cannot be read: " + reason(cause), "let the user that runs Spillway read it");
    }
    return Optional.empty();
  }

  static String reason(Exception cause) {
    return cause instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : Quoted.plain(String.valueOf(cause.getMessage()));
  }

  private static Optional<String> decoded(byte[] bytes, Reading reading) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException notUtf8) {
      reading.problem(Place.TOP, "not UTF-8 text", "save the file as UTF-8");
      return Optional.empty();
    }
  }
}
