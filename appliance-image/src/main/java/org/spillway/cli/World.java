package org.spillway.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds the command.
 *
 * @param environment variables
 * @param home where this Spillway is installed, when its start script says so
 * @param clock for ages
 * @param in standard input
 */
public record World(
    Map<String, String> environment, Optional<Path> home, InstantSource clock, InputStream in) {
  /** The real one; the start script gives the place of the install as {@code spillway.home}. */
  static World real() {
    return new World(
        System.getenv(),
        Optional.ofNullable(System.getProperty("spillway.home")).map(Path::of),
        InstantSource.system(),
        System.in);
  }
}
