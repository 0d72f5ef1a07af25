package org.spillway.smtp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.spillway.mail.Secret;

/**
 * Accounts from a file of {@code name:pbkdf2-sha256:iterations:salt:hash} lines; salt and hash in
 * base 64; empty lines and lines that begin with # are skipped.
 */
public final class FileAccounts implements Accounts {
  private static final String SCHEME = "pbkdf2-sha256";
  private static final int ITERATIONS = 600_000;
  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private record Stored(int iterations, byte[] salt, byte[] hash) {}

  private final Semaphore atWork = new Semaphore(2); // guessing must not take all processors
  private final Map<String, Stored> stored;

  /**
   * Reads the file.
   *
   * @throws IOException when it cannot be read; the message names the line that is wrong
   */
  public FileAccounts(Path file) throws IOException {
    stored = read(file);
  }

  private static Map<String, Stored> read(Path file) throws IOException {
    Map<String, Stored> read = new HashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split(":", 2);
        Optional<Stored> account = parts.length == 2 ? parse(parts[1]) : Optional.empty();
        String where = file + ":" + number;
        read.put(
            parts[0],
            account.orElseThrow(
                () -> new IOException(where + ": want name:" + SCHEME + ":iterations:salt:hash")));
      }
    }
    return Map.copyOf(read);
  }

  private static Optional<Stored> parse(String text) {
    String[] parts = text.split(":");
    if (parts.length != 4 || !parts[0].equals(SCHEME) || !parts[1].matches("\\d{1,8}")) {
      return Optional.empty();
    }
    int iterations = Integer.parseInt(parts[1]);
    try {
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] hash = Base64.getDecoder().decode(parts[3]);
      boolean sound = iterations > 0 && iterations <= MAX_ITERATIONS && salt.length > 0;
      return sound && hash.length == HASH_BYTES
          ? Optional.of(new Stored(iterations, salt, hash))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** What follows the name and its colon in the file; for {@code spillway passwd}. */
  public static String hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return line(password, ITERATIONS, salt);
  }

  static String line(Secret password, int iterations, byte[] salt) {
    Base64.Encoder base64 = Base64.getEncoder();
    return SCHEME
        + ":"
        + iterations
        + ":"
        + base64.encodeToString(salt)
        + ":"
        + base64.encodeToString(derive(password, iterations, salt));
  }

  @Override
  public boolean verify(String user, Secret password) {
    Stored account = stored.get(user);
    boolean known = account != null;
    Stored compared = known ? account : dummy();
    atWork.acquireUninterruptibly();
    try {
      byte[] hash = derive(password, compared.iterations, compared.salt);
      return MessageDigest.isEqual(hash, compared.hash) && known;
    } finally {
      atWork.release();
    }
  }

  /** Work like that for the other accounts, so that time does not tell who exists. */
  private Stored dummy() {
    int iterations = stored.values().stream().mapToInt(Stored::iterations).max().orElse(ITERATIONS);
    return new Stored(iterations, new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  private static byte[] derive(Secret password, int iterations, byte[] salt) {
    PBEKeySpec spec =
        new PBEKeySpec(password.reveal().toCharArray(), salt, iterations, HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    } finally {
      spec.clearPassword();
    }
  }
}
