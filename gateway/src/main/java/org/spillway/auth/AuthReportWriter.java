package org.spillway.auth;

import java.util.Optional;
import org.spillway.mail.Domain;

/** Writes a report so that every value of the outside world is safe in a header field. */
final class AuthReportWriter {
  private static final String FOLD = "\r\n\t";
  private static final int WIDTH = 78; // RFC 5322 §2.1.1
  private static final int MOST_BYTES = 400; // twice that in quotes stays below 998
  private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~"; // RFC 5322 §3.2.3
  private static final String TOKEN = "!#$%&'*+-.^_`{|}~"; // RFC 2045 §5.1
  private static final String KEYWORD = "-_"; // "_" is none of RFC 8601, but in use

  private final boolean utf8;
  private final StringBuilder text = new StringBuilder(256);
  private int column;

  AuthReportWriter(boolean utf8) {
    this.utf8 = utf8;
  }

  String field(String start, AuthReport report) {
    append(start + value(label(clean(report.authservId()))));
    if (report.version() != 1) {
      append(" " + report.version());
    }
    if (report.entries().isEmpty()) {
      append("; none"); // RFC 8601 §2.2: no-result
    }
    for (AuthReport.Entry entry : report.entries()) {
      append(";");
      fold();
      write(entry);
    }
    return text.append("\r\n").toString();
  }

  private void write(AuthReport.Entry entry) {
    append(keyword(entry.method()) + "=" + keyword(entry.result()));
    entry.reason().ifPresent(why -> word("reason=" + value(clean(why))));
    for (AuthReport.Property property : entry.properties()) {
      String name = keyword(property.type()) + "." + keyword(property.name());
      word(name + "=" + pvalue(clean(property.value())));
    }
  }

  private void append(String piece) {
    text.append(piece);
    column += piece.length();
  }

  private void fold() {
    text.append(FOLD);
    column = 8;
  }

  private void word(String word) {
    if (column + 1 + word.length() > WIDTH) {
      fold();
    } else {
      append(" ");
    }
    append(word);
  }

  /** RFC 8601 §2.2: a value, or a domain name, or an address. */
  private String pvalue(String value) {
    int at = value.lastIndexOf('@');
    if (at < 0) {
      return value(label(value));
    }
    String domain = label(value.substring(at + 1));
    String local = value.substring(0, at);
    if (!isAll(domain, "-._", utf8) || domain.isEmpty()) {
      return quoted(value);
    }
    if (!utf8 && !isAscii(local)) {
      return domain; // cannot be said in ASCII
    }
    return (local.isEmpty() || isDotAtom(local) ? local : quoted(local)) + "@" + domain;
  }

  private String value(String value) {
    boolean token = !value.isEmpty() && isAll(value, TOKEN, utf8);
    return token ? value : quoted(value);
  }

  /** A name in the form of the message: U-labels with SMTPUTF8 (RFC 8616 §3), else A-labels. */
  private String label(String name) {
    if (!isAscii(name)) {
      return utf8 ? name : Domain.parse(name).map(Domain::name).orElse(ascii(name));
    }
    Optional<Domain> encoded =
        utf8 && name.contains("xn--") ? Domain.parse(name) : Optional.empty();
    return encoded.map(d -> clean(d.unicode())).orElse(name);
  }

  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints().forEach(c -> ascii.append(c < 0x80 ? (char) c : '?'));
    return ascii.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private String quoted(String value) { // RFC 5322 §3.2.4
    String shown = utf8 ? value : ascii(value);
    return '"' + shown.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private boolean isDotAtom(String text) {
    return !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..")
        && isAll(text, ATEXT + ".", utf8);
  }

  private static boolean isAll(String text, String specials, boolean utf8) {
    return text.codePoints()
        .allMatch(c -> c < 0x80 ? isAlnum(c) || specials.indexOf(c) >= 0 : utf8 && isWordChar(c));
  }

  private static boolean isAlnum(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isWordChar(int c) {
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static String keyword(String word) {
    return word.codePoints().allMatch(c -> isAlnum(c) || KEYWORD.indexOf(c) >= 0) && !word.isEmpty()
        ? word
        : "unknown";
  }

  /** No control or invisible character stays, and no more than fits on a line. */
  private static String clean(String value) {
    StringBuilder clean = new StringBuilder(Math.min(value.length(), MOST_BYTES));
    int bytes = 0;
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      int shown = isVisible(c) ? c : '?';
      bytes += utf8Length(shown);
      if (bytes > MOST_BYTES) {
        break;
      }
      clean.appendCodePoint(shown);
    }
    return clean.toString();
  }

  private static int utf8Length(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  private static boolean isVisible(int c) {
    if (c < 0x80) {
      return c >= 0x20 && c != 0x7f;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
