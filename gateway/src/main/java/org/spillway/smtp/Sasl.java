package org.spillway.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.spillway.mail.Secret;

/** Reads what clients send for AUTH PLAIN (RFC 4616) and AUTH LOGIN. */
public final class Sasl {
  private Sasl() {}

  /**
   * A name and a password as the client gave them.
   *
   * @param user authentication identity
   * @param password its password
   */
  public record Credentials(String user, Secret password) {}

  /**
   * The message of PLAIN: {@code [authzid] NUL authcid NUL passwd}; empty when malformed, or when
   * somebody wants to act as somebody else.
   */
  public static Optional<Credentials> plain(String base64) {
    return text(base64).flatMap(Sasl::credentials);
  }

  private static Optional<Credentials> credentials(String message) {
    String[] parts = message.split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
      return Optional.empty();
    }
    if (!parts[0].isEmpty() && !parts[0].equals(parts[1])) {
      return Optional.empty();
    }
    return Optional.of(new Credentials(parts[1], Secret.of(parts[2])));
  }

  /** One base 64 line as UTF-8 text; {@code =} stands for the empty one (RFC 4954 §4). */
  public static Optional<String> text(String base64) {
    if (base64.equals("=")) {
      return Optional.of("");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      return Optional.empty();
    }
  }

  /** A prompt of the server, in base 64. */
  public static String prompt(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
