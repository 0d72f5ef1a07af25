package org.spillway.auth.spf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Domain;

/** Names as SPF asks the DNS for them, and what macros do to values. */
final class HostName {
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63; // RFC 1035 §2.3.4

  private HostName() {}

  /**
   * A name without its final dot; empty when no question can be made of it: an empty or overlong
   * label, or a character that is no printable ASCII (also RFC 8616 §4: a local part beyond ASCII
   * in a macro matches nothing). A backslash counts as such, since resolvers take it for an escape.
   */
  static Optional<String> askable(String name) {
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (bare.isEmpty() || bare.length() > MAX_NAME) {
      return Optional.empty();
    }
    int label = 0;
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c == '.' && label == 0 || c < 0x20 || c > 0x7e || c == '\\') {
        return Optional.empty();
      }
      label = c == '.' ? 0 : label + 1;
      if (label > MAX_LABEL) {
        return Optional.empty();
      }
    }
    return label == 0 ? Optional.empty() : Optional.of(bare);
  }

  /** The domain that check_host() starts with; empty when malformed or one label (§4.3). */
  static Optional<String> checkable(String name) {
    return name.startsWith("[")
        ? Optional.empty()
        : askable(name).filter(askable -> askable.indexOf('.') > 0);
  }

  /** The A-label form of a name with U-labels (RFC 8616 §4); any other text as it is. */
  static String ascii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 0x7f) {
        return Domain.parse(name).map(Domain::name).orElse(name);
      }
    }
    return name;
  }

  /** True when the name is that domain or below it, without regard to case. */
  static boolean isWithin(String name, String domain) {
    int before = name.length() - domain.length();
    return name.regionMatches(true, before, domain, 0, domain.length())
        && (before == 0 || name.charAt(before - 1) == '.');
  }

  /** Splits at any of the delimiters; empty pieces stay. */
  static List<String> split(String value, String delimiters) {
    List<String> pieces = new ArrayList<>(4);
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      if (delimiters.indexOf(value.charAt(i)) >= 0) {
        pieces.add(value.substring(start, i));
        start = i + 1;
      }
    }
    pieces.add(value.substring(start));
    return pieces;
  }

  /** RFC 7208 §7.3: all but the unreserved characters of RFC 3986 §2.3 are escaped. */
  static String urlEscaped(String value) {
    StringBuilder escaped = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (Digits.isAlpha(c) || Digits.isDigit(c) || "-._~".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append("0123456789ABCDEF".charAt(c >> 4));
        escaped.append("0123456789ABCDEF".charAt(c & 15));
      }
    }
    return escaped.toString();
  }
}
