package org.spillway.smtp;

import java.util.Optional;

/** Numbers as SMTP writes them. */
final class Digits {
  private static final int MOST = 20; // RFC 1870 §3, RFC 3030 §2

  private Digits() {}

  /** One to twenty digits; what is more than a long holds becomes the largest long. */
  static Optional<Long> parse(String text) {
    if (text.isEmpty() || text.length() > MOST) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Optional.empty();
      }
      boolean overflows = value > (Long.MAX_VALUE - digit) / 10;
      value = overflows ? Long.MAX_VALUE : value * 10 + digit;
    }
    return Optional.of(value);
  }
}
