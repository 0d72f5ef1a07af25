package org.spillway.report.tally;

import java.util.ArrayList;
import java.util.List;

/** Several texts as one line and back: a tab between them, and nothing else that could break it. */
public final class Columns {
  private Columns() {}

  /** One line without line ends; controls in the texts are escaped. */
  public static String join(List<String> texts) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        line.append('\t');
      }
      escape(texts.get(i), line);
    }
    return line.toString();
  }

  private static void escape(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(c);
      }
    }
  }

  /** The texts of a line, at least one. */
  public static List<String> split(String line) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        texts.add(text.toString());
        text.setLength(0);
      } else if (c == '\\' && i + 1 < line.length()) {
        text.append(plain(line.charAt(++i)));
      } else {
        text.append(c);
      }
    }
    texts.add(text.toString());
    return texts;
  }

  private static char plain(char escaped) {
    return switch (escaped) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> escaped;
    };
  }
}
