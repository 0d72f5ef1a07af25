package org.spillway.store;

/** Text that fits a column and that every database takes. */
final class Clean {
  private Clean() {}

  /** At most that many characters, never half a surrogate pair. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }

  /** The same, with control characters and lone surrogates turned into question marks. */
  static String column(String text, int most) {
    String cut = cut(text, most);
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      if (c < ' ' || Character.isSurrogate(c)) {
        return replaced(cut);
      }
    }
    return cut;
  }

  private static String replaced(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c >= 0xd800 && c < 0xe000 ? '?' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
