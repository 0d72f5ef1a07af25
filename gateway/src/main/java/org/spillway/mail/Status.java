package org.spillway.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code (RFC 3463 §2).
 *
 * @param kind 2, 4 or 5
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record Status(int kind, int subject, int detail) {
  private static final Pattern FORM =
      Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");

  /** Reads a code at the start of a text, for example of a reply line; empty when none is there. */
  public static Optional<Status> leading(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.lookingAt()) {
      return Optional.empty();
    }
    return Optional.of(
        new Status(
            Integer.parseInt(m.group(1)),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3))));
  }

  /** The code with that text; throws IllegalArgumentException on a mistake of ours. */
  public static Status of(String text) {
    return leading(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  @Override
  public String toString() {
    return kind + "." + subject + "." + detail;
  }
}
