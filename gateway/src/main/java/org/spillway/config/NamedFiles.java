package org.spillway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The files that a configuration names: there, readable, and closed to others where they must be.
 */
final class NamedFiles {
  private static final long MAX_BYTES = 64L << 20;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

  private NamedFiles() {}

  /** The file's text; empty, with the problem told, when it cannot be read. */
  static Optional<String> text(Section section, String key, Path file) {
    String name = section.path(key) + " names " + section.reading().shown(file);
    Place place = section.place(key);
    try {
      if (!Files.exists(file)) {
        section
            .reading()
            .missing(place, name + ", which does not exist", "create it or mend the path");
      } else if (!Files.isRegularFile(file)) {
        section.reading().problem(place, name + ", which is not a file", "name a file");
      } else if (Files.size(file) > MAX_BYTES) {
        section.reading().problem(place, name + ", which is over 64 MiB", "name a smaller file");
      } else {
        return Optional.of(decoded(Files.readAllBytes(file)));
      }
    } catch (CharacterCodingException notUtf8) {
      section.reading().problem(place, name + ", which is not UTF-8 text", "save it as UTF-8");
    } catch (IOException | SecurityException cause) {
      section
          .reading()
          .missing(
              place,
              name + ", which cannot be read: " + Config.reason(cause),
              "let the user that runs Spillway read it");
    }
    return Optional.empty();
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** The text of a file that nobody else should read; warns when somebody else may. */
  static Optional<String> secretText(Section section, String key, Path file) {
    Optional<String> text = text(section, key, file);
    if (text.isPresent() && isOpen(file)) {
      section.warn(
          key,
          "names " + section.reading().shown(file) + ", which others may read",
          "chmod 600 it");
    }
    return text;
  }

  private static boolean isOpen(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException | SecurityException notPosix) {
      return false;
    }
  }

  /** A PEM file with certificates. */
  static void certificates(Section section, String key, Path file) {
    text(section, key, file)
        .filter(text -> !text.contains("-----BEGIN CERTIFICATE-----"))
        .ifPresent(
            text ->
                section.problem(
                    key, "names a file without a certificate", "name a PEM file of certificates"));
  }

  /** A PEM file with a PKCS#8 private key. */
  static void privateKey(Section section, String key, Path file) {
    Optional<String> text = secretText(section, key, file);
    if (text.isEmpty() || text.get().contains("-----BEGIN PRIVATE KEY-----")) {
      return;
    }
    String pkcs8 = "convert it with openssl pkcs8 -topk8 -nocrypt";
    if (text.get().contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      section.problem(key, "names an encrypted private key", pkcs8);
    } else if (text.get().contains(" PRIVATE KEY-----")) {
      section.problem(key, "names a private key that is not PKCS#8", pkcs8);
    } else {
      section.problem(key, "names a file without a private key", "name a PEM file with the key");
    }
  }
}
