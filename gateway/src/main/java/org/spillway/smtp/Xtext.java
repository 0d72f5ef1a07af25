package org.spillway.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The xtext encoding of DSN parameters (RFC 3461 §4). */
public final class Xtext {
  private static final String HEX = "0123456789ABCDEF";

  private Xtext() {}

  /** Decodes; empty when it is not xtext or hides a control character. Never throws. */
  public static Optional<String> decode(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+') {
        int high = i + 2 < text.length() ? HEX.indexOf(text.charAt(i + 1)) : -1;
        int low = i + 2 < text.length() ? HEX.indexOf(text.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        c = (char) (high << 4 | low);
        i += 2;
      } else if (c < '!' || c == '=' || c == 0x7f) {
        return Optional.empty(); // xchar leaves out "+" and "="
      }
      if (c < ' ' || c == 0x7f) {
        return Optional.empty(); // it would end up as a line of a report
      }
      plain.append(c);
    }
    return Optional.of(plain.toString());
  }

  /** Encodes; whatever is not a printable ASCII xchar becomes {@code +HH}. */
  public static String encode(String plain) {
    StringBuilder text = new StringBuilder(plain.length());
    for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
      if (b >= '!' && b <= '~' && b != '+' && b != '=') {
        text.append((char) b);
      } else {
        text.append('+').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      }
    }
    return text.toString();
  }
}
