package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resolver against the stub that the public suites are run with; skipped without them. */
final class DnsStubTest {
  private static final String ZONE =
      """
      {"a.test": [{"TXT": ["v=spf1 ", "-all"]}, {"A": "192.0.2.1"}, {"AD": true}],
       "big.test": [{"TXT": "%s"}],
       "gone.test": ["TIMEOUT"], "bad.test": ["SERVFAIL"], "no.test": ["REFUSED"],
       "www.test": [{"CNAME": "a.test"}],
       "x.test": [{"CNAME": "y.test"}], "y.test": [{"CNAME": "x.test"}],
       "some.test": [{"TXT": "x"}, {"A": "TIMEOUT"}]}
      """
          .formatted("t".repeat(1500));

  private static Optional<Process> stub = Optional.empty();
  private static String server = "";

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    String suites = System.getenv().getOrDefault("SPILLWAY_SUITES", "../../shared/suites");
    Path script = Path.of(suites).resolve("dnsstub.py");
    assumeThat(script).as("the public suites").exists();
    Path zone = Files.writeString(folder.resolve("zone.json"), ZONE);
    Process process =
        new ProcessBuilder("python3", script.toString(), "--zone", zone.toString(), "--port", "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    stub = Optional.of(process);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      Matcher ready = Pattern.compile("\"dns\": (\\d+)").matcher(String.valueOf(out.readLine()));
      assertThat(ready.find()).isTrue();
      server = "127.0.0.1:" + ready.group(1);
    }
  }

  @AfterAll
  static void stop() {
    stub.ifPresent(Process::destroy);
  }

  private static Dns dns() {
    DnsSettings settings =
        DnsSettings.standard(List.of(server))
            .withTimes(Duration.ofMillis(500), Duration.ofSeconds(3))
            .trustingAd(List.of());
    return new DnsJavaResolver(settings, new HandTime(), System::nanoTime);
  }

  @Test
  void readsWhatIsThere() {
    assertThat(dns().txt("a.test")).isEqualTo(new Answer.Found<>(List.of("v=spf1 -all"), true));
    assertThat(dns().a("www.test"))
        .as("the alias is not proved")
        .isEqualTo(new Answer.Found<>(List.of(InetAddress.ofLiteral("192.0.2.1")), false));
    assertThat(dns().txt("big.test"))
        .as("cut, then over TCP")
        .isEqualTo(new Answer.Found<>(List.of("t".repeat(1500)), false));
  }

  @Test
  void tellsAbsenceFromFailure() {
    assertThat(dns().txt("none.test")).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns().aaaa("a.test")).isEqualTo(new Answer.Absent<>(true));
    assertThat(dns().txt("some.test")).isInstanceOf(Answer.Found.class);
    for (String name : List.of("gone.test", "bad.test", "no.test", "x.test", "error.test")) {
      assertThat(dns().txt(name)).as(name).isInstanceOf(Answer.Failed.class);
    }
    assertThat(dns().a("some.test")).isInstanceOf(Answer.Failed.class);
  }
}
