package org.spillway.auth.dkim.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.spillway.auth.dkim.SignatureEngine;

/**
 * A private key in a file: PEM of PKCS #8, or of PKCS #1 as older tools write it, under an optional
 * line {@code Created: 2026-11-24T12:00:00Z}. Only its owner may read it.
 *
 * @param key the key
 * @param created when it was made; empty for a key that is used until its file is gone
 */
public record KeyFile(KeyMaterial key, Optional<Instant> created) {
  /** What reading gave. */
  public sealed interface Reading {
    /** A key. */
    record Good(KeyFile file) implements Reading {}

    /** None; the reason never shows what stands in the file. */
    record Bad(String why) implements Reading {}
  }

  private static final String CREATED = "Created:";
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final int MAX_BYTES = 64 * 1024;

  /** Reads a file that nobody but its owner may read or write. */
  public static Reading read(Path file, SignatureEngine engine) {
    try {
      for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
        if (OTHERS.contains(permission)) {
          return new Reading.Bad("others may open it; chmod 600");
        }
      }
      if (Files.size(file) > MAX_BYTES) {
        return new Reading.Bad("too large for a key");
      }
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1), engine);
    } catch (IOException | UnsupportedOperationException unreadable) {
      return new Reading.Bad("cannot be read: " + unreadable.getClass().getSimpleName());
    }
  }

  /** Reads the text of a file. */
  public static Reading parse(String text, SignatureEngine engine) {
    Optional<byte[]> der = block(text, PKCS8);
    if (der.isEmpty()) {
      der = block(text, PKCS1).flatMap(KeyFile::wrapped);
    }
    if (der.isEmpty()) {
      return new Reading.Bad("no PEM block of a private key without a password");
    }
    Optional<Instant> created;
    try {
      created =
          text.lines()
              .filter(line -> line.startsWith(CREATED))
              .findFirst()
              .map(line -> Instant.parse(line.substring(CREATED.length()).strip()));
    } catch (DateTimeException noTime) {
      return new Reading.Bad("the line Created: has no time such as 2026-11-24T12:00:00Z");
    }
    return KeyMaterial.of(der.get(), engine)
        .<Reading>map(key -> new Reading.Good(new KeyFile(key, created)))
        .orElse(new Reading.Bad("no RSA key of 1,024 bits or more and no Ed25519 key"));
  }

  private static Optional<byte[]> block(String text, String label) {
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from + begin.length()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> wrapped(byte[] pkcs1) {
    try {
      AlgorithmIdentifier rsa =
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
      return Optional.of(
          new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(pkcs1)).getEncoded("DER"));
    } catch (IOException | RuntimeException notDer) {
      return Optional.empty();
    }
  }

  /** The text of this file. */
  public String text() {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.pkcs8());
    return created.map(time -> CREATED + " " + time + "\n").orElse("")
        + "-----BEGIN PRIVATE KEY-----\n"
        + body
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** Writes a new file with mode 0600; one that is there is never written over. */
  public void write(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text(), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  }
}
