package org.spillway.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain name in lower-case A-label form, or an address literal in brackets (RFC 5321 §4.1.2,
 * §4.1.3; RFC 5890 §2.3.2.1).
 *
 * @param name for example {@code example.com}, {@code xn--bcher-kva.example} or {@code
 *     [IPv6:2001:db8::1]}
 */
public record Domain(String name) implements Comparable<Domain> {
  private static final int MAX_LENGTH = 255; // RFC 5321 §4.5.3.1.2
  private static final int MAX_LABEL = 63; // RFC 1035 §2.3.4

  /** Reads a domain or address literal; empty when the syntax is wrong. Never throws. */
  public static Optional<Domain> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (text.startsWith("[")) {
      return AddressLiteral.isValid(text) ? Optional.of(new Domain(text)) : Optional.empty();
    }
    return toAscii(text).filter(Domain::isHostName).map(Domain::new);
  }

  private static Optional<String> toAscii(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(text.toLowerCase(Locale.ROOT));
    }
    try {
      return Optional.of(IDN.toASCII(text).toLowerCase(Locale.ROOT)); // RFC 6531 §3.2
    } catch (IllegalArgumentException notIdn) {
      return Optional.empty();
    }
  }

  private static boolean isHostName(String name) {
    if (name.length() > MAX_LENGTH) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      if (!isLabel(label)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(String label) {
    if (label.isEmpty() || label.length() > MAX_LABEL || label.startsWith("-")) {
      return false;
    }
    return !label.endsWith("-")
        && label
            .chars()
            .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_');
  }

  /** True for {@code [192.0.2.1]} and {@code [IPv6:…]} (RFC 5321 §4.1.3). */
  public boolean isLiteral() {
    return name.startsWith("[");
  }

  /** True when this is {@code parent} or a name below it. */
  public boolean isWithin(Domain parent) {
    return name.equals(parent.name) || name.endsWith("." + parent.name);
  }

  /** The name with its labels in Unicode, for people. */
  public String unicode() {
    return isLiteral() ? name : IDN.toUnicode(name);
  }

  @Override
  public int compareTo(Domain other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
