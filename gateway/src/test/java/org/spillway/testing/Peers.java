package org.spillway.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The real programs and data a test needs. Where one is missing the test is skipped, and the build
 * says so at its end; with {@code -Dspillway.peers=required} a missing program fails the test.
 */
public final class Peers {

  /** Where programs live that are not on everybody's PATH. */
  private static final List<String> BESIDE_PATH =
      List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/lib/dovecot", "/usr/libexec/dovecot");

  private static final boolean REQUIRED = "required".equals(System.getProperty("spillway.peers"));

  private Peers() {}

  /** The program of this name, for example {@code postfix} or {@code swaks}. */
  public static Path require(String program) {
    Optional<Path> found = find(program);
    require(found.isPresent(), program + " is not installed (.ci/run installs it)");
    return found.orElseThrow();
  }

  /** Any other thing that a machine may lack: root, a kernel feature, a free port 25. */
  public static void require(boolean present, String whatIsMissing) {
    if (!present && REQUIRED) {
      Assertions.fail(whatIsMissing);
    }
    Assumptions.assumeTrue(present, whatIsMissing);
  }

  /** For tests that mount a small filesystem or start a server that changes its user. */
  public static void requireRoot() {
    require("root".equals(System.getProperty("user.name")), "not run as root");
  }

  /**
   * The folder of public conformance data. It is no program to install and never ships with the
   * repository, so its absence only skips, unless SPILLWAY_SUITES promised it.
   */
  public static Path requireSuites() {
    String named = System.getenv("SPILLWAY_SUITES");
    if (named != null) {
      Path suites = Path.of(named);
      Assertions.assertTrue(Files.isDirectory(suites), "SPILLWAY_SUITES is no folder: " + named);
      return suites;
    }
    Optional<Path> beside =
        Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
            .map(folder -> folder.resolve("shared/suites"))
            .filter(Files::isDirectory)
            .findFirst();
    Assumptions.assumeTrue(
        beside.isPresent(), "no conformance suites (SPILLWAY_SUITES or ../shared/suites)");
    return beside.orElseThrow();
  }

  private static Optional<Path> find(String program) {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":")), BESIDE_PATH.stream())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
