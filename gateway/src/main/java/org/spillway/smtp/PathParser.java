package org.spillway.smtp;

import java.util.Optional;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/** Finds and reads a path at the start of an argument (RFC 5321 §4.1.2). */
final class PathParser {
  private static final int MAX_PATH = 256; // RFC 5321 §4.5.3.1.3
  private final Domain postmasterDomain;

  PathParser(Domain postmasterDomain) {
    this.postmasterDomain = postmasterDomain;
  }

  /**
   * A path cut out of an argument.
   *
   * @param inner what stands between the brackets
   * @param rest what follows them, without leading spaces
   */
  record Cut(String inner, String rest) {}

  /** Cuts {@code <…>} off; empty when the brackets are wrong. */
  static Optional<Cut> cut(String text) {
    if (!text.startsWith("<")) {
      return Optional.empty();
    }
    int end = closing(text);
    if (end < 0 || end > MAX_PATH) {
      return Optional.empty();
    }
    String rest = text.substring(end + 1);
    if (!rest.isEmpty() && rest.charAt(0) != ' ') {
      return Optional.empty();
    }
    return Optional.of(new Cut(text.substring(1, end), rest.strip()));
  }

  private static int closing(String text) {
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  /** Reads a mailbox, without the source route that may precede it. */
  static Optional<Address> mailbox(String inner) {
    return withoutRoute(inner).flatMap(Address::parse);
  }

  /** Reads a mailbox, or {@code postmaster} alone (RFC 5321 §4.5.1). */
  Optional<Address> recipient(String inner) {
    if (inner.equalsIgnoreCase("postmaster")) {
      return Optional.of(new Address(inner, postmasterDomain));
    }
    return mailbox(inner);
  }

  /** RFC 5321 §4.1.2 A-d-l and appendix F.2: a source route is accepted, and ignored. */
  private static Optional<String> withoutRoute(String inner) {
    if (!inner.startsWith("@")) {
      return Optional.of(inner);
    }
    int colon = inner.indexOf(':');
    while (colon >= 0 && insideLiteral(inner, colon)) {
      colon = inner.indexOf(':', colon + 1);
    }
    if (colon < 0) {
      return Optional.empty();
    }
    for (String hop : inner.substring(0, colon).split(",", -1)) {
      if (!hop.startsWith("@") || Domain.parse(hop.substring(1)).isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(inner.substring(colon + 1));
  }

  private static boolean insideLiteral(String text, int at) {
    return text.lastIndexOf('[', at) > text.lastIndexOf(']', at);
  }
}
