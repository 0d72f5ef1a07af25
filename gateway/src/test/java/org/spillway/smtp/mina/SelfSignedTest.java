package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThatThrownBy(() -> context.reload(other)).isInstanceOf(IOException.class);
    assertThat(context.expiry(NOW).file()).isEqualTo(files().certificate());
    SelfSigned.ensure(other, "mx.example.com", NOW.plus(Duration.ofDays(30)));
    context.reload(other);
    assertThat(context.expiry(NOW).file()).isEqualTo(other.certificate());
    assertThat(context.expiry(NOW).days()).isEqualTo(395);
    context.reload();
    assertThat(context.expiry(NOW).days()).isEqualTo(395);
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
