package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.dns.upstream.Rest;
import org.spillway.dns.upstream.ServerAddress;

/** What an admin writes. */
final class DnsSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1:53",
    "192.0.2.1:5353, 192.0.2.1:5353",
    "[2001:db8::1]:5353, [2001:db8:0:0:0:0:0:1]:5353",
    "2001:db8::1, [2001:db8:0:0:0:0:0:1]:53",
  })
  void readsServerAddresses(String text, String expected) {
    assertThat(ServerAddress.text(ServerAddress.parse(text).orElseThrow())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name.test", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:70000", "[::1]"})
  void refusesOtherServerAddresses(String text) {
    assertThat(ServerAddress.parse(text)).isEmpty();
    assertThat(DnsSettings.standard(List.of(text)).problems()).hasSize(1);
  }

  @Test
  void tellsAllProblemsAtOnce() {
    DnsSettings wrong =
        DnsSettings.standard(List.of("192.0.2.1", "x"))
            .trustingAd(List.of("y"))
            .withTimes(Duration.ofSeconds(5), Duration.ofSeconds(1))
            .withRest(new Rest(0, Duration.ZERO));
    assertThat(wrong.problems()).hasSize(5);
    assertThat(DnsSettings.standard(List.of()).problems()).isEmpty();
  }

  @Test
  void readsAnAnchorFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("root.key");
    Files.writeString(file, "; the root\n" + String.join("\n", TrustAnchors.ROOT.records()));
    assertThat(TrustAnchors.read(file)).isInstanceOf(TrustAnchors.Read.Good.class);
    assertThat(TrustAnchors.read(folder.resolve("none"))).isInstanceOf(TrustAnchors.Read.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "; nothing", "a. 60 IN A 192.0.2.1", "rubbish", "$INCLUDE x"})
  void refusesWhatIsNoAnchor(String text) {
    assertThat(TrustAnchors.parse(text)).isInstanceOf(TrustAnchors.Read.Bad.class);
  }
}
