package org.spillway.log;

/**
 * Makes any text harmless inside a line: no control character, no line or paragraph separator, no
 * direction override and no lone surrogate survives, so a sender can forge neither a line nor the
 * look of one.
 */
public final class Escape {
  private static final int MAX = 2000;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Escape() {}

  /** True when the text needs no quotes in logfmt. */
  static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Appends the text in double quotes as a JSON string (RFC 8259 §7), at most 2,000 characters. */
  public static void quote(StringBuilder to, String text) {
    to.append('"');
    int end = Math.min(text.length(), MAX);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        to.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        to.append(c).append(text.charAt(++i));
      } else {
        special(to, c);
      }
    }
    if (end < text.length()) {
      to.append("...");
    }
    to.append('"');
  }

  private static void special(StringBuilder to, char c) {
    switch (c) {
      case '"' -> to.append("\\\"");
      case '\\' -> to.append("\\\\");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        if (isHidden(c)) {
          to.append("\\u")
              .append(HEX[c >> 12])
              .append(HEX[c >> 8 & 15])
              .append(HEX[c >> 4 & 15])
              .append(HEX[c & 15]);
        } else {
          to.append(c);
        }
      }
    }
  }

  /** True for what acts instead of showing: controls, separators, overrides, lone surrogates. */
  private static boolean isHidden(char c) {
    return c < ' '
        || c >= 0x7f && c < 0xa0
        || c >= 0x200b && c <= 0x200f
        || c >= 0x2028 && c <= 0x202e
        || c >= 0x2060 && c <= 0x206f
        || c == 0xfeff
        || Character.isSurrogate(c);
  }
}
