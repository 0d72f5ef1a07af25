package org.spillway.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.spillway.control.socket.ControlClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which node is asked. */
final class Where {
  @Mixin private ConfigFile config;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description =
          "The node's control socket. Without it: control.sock in the configuration's data "
              + "directory.")
  private Optional<Path> socket = Optional.empty();

  ControlClient client(World world) throws Failure {
    return new ControlClient(
        socket.isPresent() ? socket.get() : config.dataDirectory(world).resolve("control.sock"));
  }

  ConfigFile config() {
    return config;
  }
}
