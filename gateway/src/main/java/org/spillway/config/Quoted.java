package org.spillway.config;

/** Text from a file made safe to show: short, on one line, without control characters. */
final class Quoted {
  private static final int LONGEST = 120;

  private Quoted() {}

  /** The text in double quotes. */
  static String of(String text) {
    return "\"" + plain(text) + "\"";
  }

  /** A key as it is, in quotes only when it could be misread. */
  static String key(String text) {
    return text.matches("[A-Za-z0-9@._-]{1,60}") ? text : of(text);
  }

  /** The text without quotes. */
  static String plain(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    int type = Character.getType(c);
    boolean hidden =
        Character.isISOControl(c)
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    if (hidden) {
      shown.append(String.format("\\u%04x", c));
    } else {
      shown.appendCodePoint(c);
    }
  }
}
