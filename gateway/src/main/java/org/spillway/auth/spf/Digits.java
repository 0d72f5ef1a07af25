package org.spillway.auth.spf;

/** Decimal numbers of the SPF grammar. */
final class Digits {
  private Digits() {}

  /** Reads a number without leading zeros; -1 when it is none or over the most. */
  static int number(String text, int from, int to, int most) {
    if (from >= to || to - from > 9 || to - from > 1 && text.charAt(from) == '0') {
      return -1;
    }
    int number = 0;
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if (!isDigit(c)) {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number > most ? -1 : number;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
