package org.spillway.report;

/** Makes text of the outside world safe to stand in a notification. */
final class Printable {
  private Printable() {}

  /**
   * One line: controls become spaces, what cannot be shown becomes a question mark, runs of spaces
   * become one, and what is too long is cut.
   *
   * @param most characters to keep
   * @param utf8 false to turn everything beyond ASCII into question marks
   */
  static String line(String text, int most, boolean utf8) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), most) + 3);
    boolean space = true; // none at the start
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int shown = shown(c, utf8);
      if (line.length() + Character.charCount(shown) > most) {
        return line.append("...").toString();
      }
      if (shown != ' ' || !space) {
        line.appendCodePoint(shown);
      }
      space = shown == ' ';
    }
    return line.toString().stripTrailing();
  }

  private static int shown(int c, boolean utf8) {
    if (c <= ' ' || c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x2028 || c == 0x2029) {
      return ' ';
    }
    if (c < 0x7f) {
      return c;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          '?';
      default -> utf8 ? c : '?';
    };
  }

  /** Breaks a line at spaces so that no line is longer than the width where that can be. */
  static String wrap(String text, String indent, int width) {
    StringBuilder wrapped = new StringBuilder(text.length() + 32);
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > width) {
        wrapped.append("\r\n");
        column = 0;
      }
      String before = column == 0 ? indent : " ";
      wrapped.append(before).append(word);
      column += before.length() + word.length();
    }
    return wrapped.append("\r\n").toString();
  }

  /** A header field or a field of a report, folded at spaces (RFC 5322 §2.2.3). */
  static String field(String name, String value) {
    String folded = wrap(name + ": " + value, "", 76).replace("\r\n", "\r\n ");
    return folded.substring(0, folded.length() - 1);
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
