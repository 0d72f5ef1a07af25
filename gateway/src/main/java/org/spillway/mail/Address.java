package org.spillway.mail;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox: local part and domain (RFC 5321 §4.1.2, RFC 6531 §3.3).
 *
 * @param localPart without quotes or backslashes: {@code "a b"@example.com} has {@code a b}
 * @param domain where it lives
 */
public record Address(String localPart, Domain domain) implements Comparable<Address> {
  private static final int MAX_LOCAL_PART = 64; // RFC 5321 §4.5.3.1.1
  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  /** Reads a mailbox as written in a path; empty when the syntax is wrong. Never throws. */
  public static Optional<Address> parse(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0) {
      return Optional.empty();
    }
    Optional<String> local = parseLocalPart(text.substring(0, at));
    Optional<Domain> domain = Domain.parse(text.substring(at + 1));
    return local.flatMap(l -> domain.map(d -> new Address(l, d)));
  }

  private static Optional<String> parseLocalPart(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_LOCAL_PART + 2) {
      return Optional.empty();
    }
    Optional<String> local =
        text.startsWith("\"") ? unquote(text) : isDotString(text) ? Optional.of(text) : none();
    return local.filter(l -> l.getBytes(StandardCharsets.UTF_8).length <= MAX_LOCAL_PART);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Optional<String> unquote(String text) {
    if (text.length() < 2 || !text.endsWith("\"")) {
      return Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c == '\\' && ++i < text.length() - 1) {
        c = text.charAt(i); // quoted-pairSMTP
      } else if (c == '"' || c == '\\') {
        return Optional.empty();
      }
      if (c < 0x20 || c == 0x7f) {
        return Optional.empty();
      }
      plain.append(c);
    }
    return Optional.of(plain.toString());
  }

  private static boolean isDotString(String text) {
    boolean dotAllowed = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (!dotAllowed) {
          return false;
        }
        dotAllowed = false;
      } else if (isAtext(c)) {
        dotAllowed = true;
      } else {
        return false;
      }
    }
    return dotAllowed;
  }

  private static boolean isAtext(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c >= 0xa0 // RFC 6531 §3.3: UTF8-non-ascii
        || ATEXT_SPECIALS.indexOf(c) >= 0;
  }

  /** True when it can be sent to a server without SMTPUTF8 (the domain always can, as A-labels). */
  public boolean isAscii() {
    return localPart.chars().allMatch(c -> c < 0x80);
  }

  /** The form to look up and compare by: lower case throughout. */
  public String key() {
    return localPart.toLowerCase(Locale.ROOT) + "@" + domain.name();
  }

  @Override
  public int compareTo(Address other) {
    return key().compareTo(other.key());
  }

  /** The form for a path, quoted where it must be (RFC 5321 §4.1.2). */
  @Override
  public String toString() {
    if (isDotString(localPart)) {
      return localPart + "@" + domain.name();
    }
    String quoted = localPart.replace("\\", "\\\\").replace("\"", "\\\"");
    return "\"" + quoted + "\"@" + domain.name();
  }
}
