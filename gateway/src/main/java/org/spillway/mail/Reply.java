package org.spillway.mail;

import java.util.List;
import java.util.Optional;

/**
 * An SMTP reply (RFC 5321 §4.2) with its enhanced status code (RFC 2034).
 *
 * @param code 200 to 599
 * @param status empty where none belongs: greeting, EHLO, 354, 3yz
 * @param lines text lines without code or status, at least one; a line may be empty
 */
public record Reply(int code, Optional<Status> status, List<String> lines) {
  public Reply {
    lines = lines.isEmpty() ? List.of("") : List.copyOf(lines);
  }

  /** A reply of one line with an enhanced status. */
  public static Reply of(int code, String status, String text) {
    return new Reply(code, Optional.of(Status.of(status)), List.of(text));
  }

  /** A reply without enhanced status. */
  public static Reply plain(int code, String... lines) {
    return new Reply(code, Optional.empty(), List.of(lines));
  }

  /** 2yz. */
  public boolean isPositive() {
    return code / 100 == 2;
  }

  /** 4yz. */
  public boolean isTransient() {
    return code / 100 == 4;
  }

  /** 5yz. */
  public boolean isPermanent() {
    return code / 100 == 5;
  }

  /** The lines joined by a space, without code and status. */
  public String text() {
    return String.join(" ", lines);
  }

  /** One line for logs and reports: {@code 550 5.1.1 no such user}. */
  @Override
  public String toString() {
    return code + status.map(s -> " " + s).orElse("") + " " + text();
  }
}
