package org.spillway.auth.spf;

import java.util.ArrayList;
import java.util.List;

/** Reads text with macros (RFC 7208 §7.1). */
final class MacroReader {
  /** Where the text stands. */
  enum Kind {
    /** A {@code domain-spec}: must end in a label or a macro; no c, r, t. */
    DOMAIN,
    /** The value of an unknown modifier: any macro, no spaces. */
    VALUE,
    /** An {@code explain-string}: any macro, spaces. */
    EXPLANATION
  }

  /** A breach of the grammar; never leaves this package. */
  static final class Mistake extends Exception {
    private static final long serialVersionUID = 1;
    private final int at;

    Mistake(int at, String why) {
      super(why, null, false, false); // no stack: strangers cause it at will
      this.at = at;
    }

    int at() {
      return at;
    }

    String why() {
      return getMessage();
    }
  }

  private static final String LETTERS = "slodiphv";
  private static final String EXPLANATION_LETTERS = "crt"; // RFC 7208 §7.2
  private static final String DELIMITERS = ".-+,/_=";
  private static final int MOST_PARTS = 1 << 20;

  private final String text;
  private final int from;
  private final int to;
  private final Kind kind;
  private final List<MacroText.Part> parts = new ArrayList<>(1);
  private final StringBuilder literal = new StringBuilder();
  private int at;
  private int tail; // where the literal text at the end begins

  MacroReader(String text, int from, int to, Kind kind) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.kind = kind;
  }

  /** Reads a {@code domain-spec}. */
  static MacroText domain(String text, int from, int to) throws Mistake {
    if (from >= to) {
      throw new Mistake(from, "a domain is missing");
    }
    return new MacroReader(text, from, to, Kind.DOMAIN).read();
  }

  MacroText read() throws Mistake {
    at = from;
    tail = from;
    while (at < to) {
      char c = text.charAt(at);
      if (c == '%') {
        expand();
        tail = at;
      } else if (c > 0x20 && c < 0x7f || c == ' ' && kind == Kind.EXPLANATION) {
        literal.append(c);
        at++;
      } else {
        throw new Mistake(at, "a character that is not allowed here");
      }
    }
    flush();
    if (kind == Kind.DOMAIN && tail < to) {
      checkEnd();
    }
    return new MacroText(text.substring(from, to), parts);
  }

  private void flush() {
    if (!literal.isEmpty()) {
      parts.add(new MacroText.Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private void expand() throws Mistake {
    switch (at + 1 < to ? text.charAt(at + 1) : ' ') {
      case '%' -> literal("%");
      case '_' -> literal(" ");
      case '-' -> literal("%20");
      case '{' -> macro();
      default -> throw new Mistake(at, "% without {, %, _ or -"); // RFC 7208 §7.1
    }
  }

  private void literal(String text) {
    literal.append(text);
    at += 2;
  }

  private void macro() throws Mistake {
    int start = at;
    int close = text.indexOf('}', at);
    if (close < 0 || close >= to || close == at + 2) {
      throw new Mistake(start, "a macro without its letter or its }");
    }
    char written = text.charAt(at + 2);
    char letter = Character.toLowerCase(written);
    if (EXPLANATION_LETTERS.indexOf(letter) >= 0 && kind == Kind.DOMAIN) {
      throw new Mistake(at + 2, "the macro %{" + written + "} is for explanations only");
    }
    if (LETTERS.indexOf(letter) < 0 && EXPLANATION_LETTERS.indexOf(letter) < 0) {
      throw new Mistake(at + 2, "no such macro");
    }
    at += 3;
    int keep = keep(close);
    boolean reverse = at < close && (text.charAt(at) == 'r' || text.charAt(at) == 'R');
    at += reverse ? 1 : 0;
    String delimiters = delimiters(close);
    flush();
    boolean escape = written != letter; // RFC 7208 §7.3: upper case is URL-escaped
    parts.add(new MacroText.Part.Macro(letter, keep, reverse, delimiters, escape));
    at = close + 1;
  }

  private int keep(int close) throws Mistake {
    int start = at;
    long keep = 0;
    while (at < close && Digits.isDigit(text.charAt(at))) {
      keep = Math.min(keep * 10 + text.charAt(at) - '0', MOST_PARTS);
      at++;
    }
    if (at > start && keep == 0) {
      throw new Mistake(start, "the number of parts is 0"); // RFC 7208 §7.1
    }
    return (int) keep;
  }

  private String delimiters(int close) throws Mistake {
    for (int i = at; i < close; i++) {
      if (DELIMITERS.indexOf(text.charAt(i)) < 0) {
        throw new Mistake(i, "no delimiter of a macro");
      }
    }
    return at == close ? "." : text.substring(at, close);
  }

  /** RFC 7208 §7.1 domain-end: a dot and a toplabel, with or without a final dot. */
  private void checkEnd() throws Mistake {
    int end = text.charAt(to - 1) == '.' ? to - 1 : to;
    int dot = end > tail ? text.lastIndexOf('.', end - 1) : -1;
    if (dot < tail) {
      throw new Mistake(tail, "the domain does not end in a dot and a top label");
    }
    boolean allDigits = true;
    for (int i = dot + 1; i < end; i++) {
      char c = text.charAt(i);
      boolean inner = i > dot + 1 && i < end - 1;
      if (!Digits.isDigit(c) && !Digits.isAlpha(c) && !(c == '-' && inner)) {
        throw new Mistake(i, "the top label has a character that it must not have");
      }
      allDigits &= Digits.isDigit(c);
    }
    if (dot + 1 == end) {
      throw new Mistake(end, "the top label is empty");
    }
    if (allDigits) {
      throw new Mistake(dot + 1, "the top label is a number (for an address write ip4: or ip6:)");
    }
  }
}
