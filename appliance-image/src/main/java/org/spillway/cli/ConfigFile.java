package org.spillway.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Option;

/** The option {@code -c}, and where the file is when it is not given. */
final class ConfigFile {
  static final String VARIABLE = "SPILLWAY_CONFIG";
  private static final Path DATA = Path.of("/var/lib/spillway"); // as the schema's node.data

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration. Without it: the file named by $SPILLWAY_CONFIG, else "
              + "conf/spillway.yaml of this install, else /etc/spillway/spillway.yaml.")
  private Optional<Path> given = Optional.empty();

  /** The file; it exists. */
  Path path(World world) throws Failure {
    List<Path> places = places(world);
    for (Path place : places) {
      if (Files.isRegularFile(place)) {
        return place;
      }
    }
    throw new Failure(
        Exit.USAGE,
        "There is no configuration at "
            + String.join(" or ", places.stream().map(Path::toString).toList())
            + "; name one with -c FILE.");
  }

  private List<Path> places(World world) {
    Optional<Path> variable = Optional.ofNullable(world.environment().get(VARIABLE)).map(Path::of);
    if (given.isPresent() || variable.isPresent()) {
      return List.of(given.or(() -> variable).get());
    }
    List<Path> places = new ArrayList<>();
    world.home().ifPresent(home -> places.add(home.resolve("conf/spillway.yaml")));
    places.add(Path.of("/etc/spillway/spillway.yaml"));
    return places;
  }

  /**
   * The data directory that the file names. Only that one key is read, so that a command reaches a
   * running node also while the file is being edited.
   */
  Path dataDirectory(World world) throws Failure {
    Path file = path(world).toAbsolutePath();
    try (Reader text = Files.newBufferedReader(file)) {
      Object root = new Load(LoadSettings.builder().build()).loadFromReader(text);
      boolean named =
          root instanceof Map<?, ?> map
              && map.get("node") instanceof Map<?, ?> node
              && node.get("data") instanceof String;
      return named
          ? file.resolveSibling((String) ((Map<?, ?>) ((Map<?, ?>) root).get("node")).get("data"))
          : DATA;
    } catch (IOException | YamlEngineException unreadable) {
      throw new Failure(
          Exit.REFUSED,
          file
              + " cannot be read; \"spillway check\" says why, and --socket PATH goes without it.");
    }
  }
}
