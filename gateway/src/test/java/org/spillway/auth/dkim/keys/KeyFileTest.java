package org.spillway.auth.dkim.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.mail.Domain;

/** Keys in files: written, read back, and refused when others may read them. */
class KeyFileTest {
  private static final SignatureEngine ENGINE = SignatureEngine.fastest();
  private static final Domain EXAMPLE = Domain.parse("example.com").orElseThrow();
  private static final Optional<Instant> CREATED =
      Optional.of(Instant.parse("2026-11-24T12:00:00Z"));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void comesBack(Algorithm algorithm) throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve("dkim"), ENGINE);
    assertThat(keys.read().selectors()).isEmpty();
    Selector made = keys.create(EXAMPLE, "s1", algorithm, CREATED);
    KeyFolder.Reading reading = keys.read();
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.selectors()).containsExactly(made);
    Path file = folder.resolve("dkim/example.com/s1.pem");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> keys.create(EXAMPLE, "s1", algorithm, CREATED))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void problemsNameTheFileAndTheReason() throws Exception {
    KeyFolder keys = new KeyFolder(folder, ENGINE);
    keys.create(EXAMPLE, "open", Algorithm.ED25519_SHA256, CREATED);
    Path home = folder.resolve("example.com");
    Files.setPosixFilePermissions(
        home.resolve("open.pem"), PosixFilePermissions.fromString("rw-r-----"));
    Files.createFile(
        home.resolve("none.pem"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.createFile(home.resolve("notes.txt"));
    Files.createFile(home.resolve("a..b.pem"));
    KeyFolder.Reading reading = keys.read();
    assertThat(reading.selectors()).isEmpty();
    assertThat(reading.problems())
        .hasSize(3)
        .anySatisfy(p -> assertThat(p).contains("open.pem").endsWith("chmod 600"))
        .anySatisfy(p -> assertThat(p).contains("none.pem").contains("no PEM block"))
        .anySatisfy(p -> assertThat(p).contains("a..b.pem").contains("DOMAIN/SELECTOR.pem"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
      })
  void refuses(String text) {
    assertThat(KeyFile.parse(text, ENGINE)).isInstanceOf(KeyFile.Reading.Bad.class);
  }

  @Test
  void refusesATimeThatIsNone() {
    KeyMaterial key = KeyMaterial.generate(Algorithm.ED25519_SHA256, ENGINE);
    String text = new KeyFile(key, CREATED).text();
    assertThat(KeyFile.parse(text.replace("2026-", "26-"), ENGINE))
        .isInstanceOf(KeyFile.Reading.Bad.class);
    assertThat(KeyFile.parse(text, ENGINE))
        .isEqualTo(new KeyFile.Reading.Good(new KeyFile(key, CREATED)));
  }

  @Test
  void recordsAreSplitForTheDns() {
    KeyMaterial key = KeyMaterial.generate(Algorithm.RSA_SHA256, ENGINE);
    assertThat(key.record()).startsWith("v=DKIM1; k=rsa; p=MII");
    assertThat(key.strings()).hasSize(2).allMatch(part -> part.length() <= 255);
    assertThat(String.join("", key.strings())).isEqualTo(key.record());
  }
}
