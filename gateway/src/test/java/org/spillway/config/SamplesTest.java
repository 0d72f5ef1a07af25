package org.spillway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spillway.mail.Domain;
import org.spillway.route.SiteName;

/** Every sample is good, and is named in the list of samples. */
final class SamplesTest {
  private static final Path FOLDER = GoldenFile.TOP.resolve("config-samples");

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static Config.Result load(Path file) {
    return Config.load(file, Map.of(), Config.MissingFiles.WARN);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isGood(Path sample) throws IOException {
    Config.Result result = load(sample);
    assertThat(result)
        .as(result.toString())
        .isInstanceOfSatisfying(
            Config.Loaded.class,
            loaded ->
                assertThat(loaded.warnings())
                    .extracting(Problem::what)
                    .allMatch(
                        what ->
                            what.contains("/etc/spillway/")
                                || what.contains("RELAY_PASSWORD")
                                || what.contains("tls is none")));
    assertThat(Files.readString(FOLDER.resolve("README.md")))
        .contains("`" + sample.getFileName() + "`");
  }

  /** What a fresh install starts with needs nothing beside it, and listens on loopback only. */
  @Test
  void theDefaultStandsAlone() {
    Config.Result result = Config.load(FOLDER.resolve("default.yaml"), Map.of());
    assertThat(result)
        .isInstanceOfSatisfying(
            Config.Loaded.class,
            loaded -> {
              assertThat(loaded.warnings()).isEmpty();
              assertThat(loaded.settings().listeners())
                  .allMatch(l -> l.address().isLoopbackAddress());
              assertThat(loaded.settings().admission().networks()).isEmpty();
            });
  }

  /** The hybrid sample does what its comment says of what may spill where. */
  @Test
  void theHybridSpillsAsItSays() {
    Settings settings = ((Config.Loaded) load(FOLDER.resolve("hybrid-relay.yaml"))).settings();
    assertThat(sitesFor(settings, "example.com"))
        .containsExactly(new SiteName("onprem"), new SiteName("cloud-mailbox"));
    assertThat(sitesFor(settings, "example.org")).containsExactly(new SiteName("onprem"));
    assertThat(settings.sites().get(new SiteName("cloud-relay")).nullSender()).isFalse();
  }

  private static List<SiteName> sitesFor(Settings settings, String domain) {
    return settings
        .routes()
        .route(org.spillway.mail.Direction.INBOUND, Domain.parse(domain).orElseThrow())
        .orElseThrow()
        .sites();
  }
}
