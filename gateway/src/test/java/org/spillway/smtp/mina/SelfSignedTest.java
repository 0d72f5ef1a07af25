package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.metrics.Metrics;

/** The certificate of the first start, its days, and a reload that names other files. */
final class SelfSignedTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

  @TempDir Path folder;

  private TlsFiles files() {
    return new TlsFiles(folder.resolve("tls/cert.pem"), folder.resolve("tls/key.pem"));
  }

  @Test
  void madeWhereNothingIsThere() throws IOException {
    assertThat(SelfSigned.ensure(files(), "mx.example.com", NOW)).isTrue();
    TlsContext context = TlsContext.load(files());
    assertThat(context.expiry(NOW).days()).isEqualTo(365);
    assertThat(context.expiry(NOW.plus(Duration.ofDays(366))).days()).isEqualTo(-1);
    assertThat(Files.getPosixFilePermissions(files().key()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(files().load().certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=mx.example.com");
  }

  @Test
  void whatIsThereStaysUntouched() throws IOException {
    SelfSigned.ensure(files(), "mx.example.com", NOW);
    String before = Files.readString(files().certificate());
    assertThat(SelfSigned.ensure(files(), "mx.example.com", NOW)).isFalse();
    Files.delete(files().key());
    assertThat(SelfSigned.ensure(files(), "mx.example.com", NOW))
        .as("half of it is a mistake to be told, not mended")
        .isFalse();
    assertThat(Files.readString(files().certificate())).isEqualTo(before);
  }

  @Test
  void aNameTooLongForACommonName() throws IOException {
    String name = "a".repeat(60) + ".example.com";
    SelfSigned.ensure(files(), name, NOW);
    assertThat(files().load().certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=Spillway");
  }

  @Test
  void aReloadMayNameOtherFiles() throws IOException {
    SelfSigned.ensure(files(), "mx.example.com", NOW);
    TlsContext context = TlsContext.load(files());
    TlsFiles other = new TlsFiles(folder.resolve("c2.pem"), folder.resolve("k2.pem"));
    assertThatThrownBy(() -> context.reading(other)).isInstanceOf(IOException.class);
    assertThat(context.expiry(NOW).file()).isEqualTo(files().certificate());
    SelfSigned.ensure(other, "mx.example.com", NOW.plus(Duration.ofDays(30)));
    Runnable change = context.reading(other);
    assertThat(context.expiry(NOW).days()).as("read, not yet in force").isEqualTo(365);
    change.run();
    assertThat(context.expiry(NOW).file()).isEqualTo(other.certificate());
    assertThat(context.expiry(NOW).days()).isEqualTo(395);
  }

  @Test
  void theWatchCountsDaysAndRaisesItsVoice() throws IOException {
    SelfSigned.ensure(files(), "mx.example.com", NOW);
    Map<String, DoubleSupplier> gauges = new HashMap<>();
    Metrics metrics =
        new Metrics() {
          @Override
          public void count(String name, String... labels) {}

          @Override
          public void time(String name, Duration took, String... labels) {}

          @Override
          public void gauge(String name, DoubleSupplier value, String... labels) {
            gauges.put(String.join(" ", name, labels[0], labels[1]), value);
          }
        };
    Instant[] now = {NOW};
    CertificateWatch watch = new CertificateWatch(metrics, () -> now[0]);
    watch.watch("listeners", TlsContext.load(files()));
    watch.watch("site relay", files());
    String gauge = "spillway_tls_certificate_days_left certificate ";
    assertThat(gauges.get(gauge + "listeners").getAsDouble()).isEqualTo(365);
    assertThat(gauges.get(gauge + "site relay").getAsDouble()).isEqualTo(365);
    assertThat(watch.alarms()).isEmpty();
    now[0] = NOW.plus(Duration.ofDays(350));
    assertThat(watch.alarms()).hasSize(2).allMatch(a -> a.contains("ends in 15 days"));
    now[0] = NOW.plus(Duration.ofDays(370));
    assertThat(watch.alarms()).allMatch(a -> a.contains(" ended at "));
    Files.delete(files().key());
    assertThat(watch.alarms().getLast()).contains("cannot be read");
    assertThat(gauges.get(gauge + "site relay").getAsDouble()).isNaN();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    TlsFiles other = new TlsFiles(folder.resolve("c2.pem"), folder.resolve("k2.pem"));
    SelfSigned.ensure(files(), "mx.example.com", NOW);
    SelfSigned.ensure(other, "mx.example.com", NOW);
    TlsFiles mixed = new TlsFiles(files().certificate(), other.key());
    assertThatThrownBy(() -> TlsContext.load(mixed)).hasMessageContaining("is not the key of");
  }
}
