package org.spillway.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a report (RFC 8601 §2.2). Takes what is often written without the quotes it needs, such as
 * {@code header.b=ab/c=}, and an empty result at the end.
 */
final class AuthReportReader {
  /** A breach of the grammar; never leaves this package. */
  private static final class Mistake extends Exception {
    private static final long serialVersionUID = 1;
    private final int at;

    Mistake(int at, String why) {
      super(why, null, false, false); // no stack: strangers cause it at will
      this.at = at;
    }
  }

  private static final int MOST_CHARS = 65_536;
  private static final int MOST_ENTRIES = 200;
  private static final int MOST_PROPERTIES = 50;
  private static final int MOST_INSTANCES = 50; // RFC 8617 §4.2.1
  private static final String TSPECIALS = "()<>@,;:\\\"/[]?="; // RFC 2045 §5.1

  private final String text;
  private int at;
  private Optional<String> authservId = Optional.empty();

  AuthReportReader(String text) {
    this.text = text;
  }

  AuthReport.Parsed read(boolean arc) {
    try {
      if (text.length() > MOST_CHARS) {
        throw new Mistake(MOST_CHARS, "too long");
      }
      int instance = arc ? instance() : 0;
      return new AuthReport.Parsed.Good(report(), instance);
    } catch (Mistake mistake) {
      return new AuthReport.Parsed.Bad(authservId, mistake.at, mistake.getMessage());
    }
  }

  private int instance() throws Mistake { // RFC 8617 §4.1.1
    skip();
    expect('i', "i= is missing");
    skip();
    expect('=', "i= is missing");
    skip();
    int instance = number(2);
    if (instance < 1 || instance > MOST_INSTANCES) {
      throw new Mistake(at, "no instance from 1 to " + MOST_INSTANCES);
    }
    skip();
    expect(';', "a semicolon is missing after the instance");
    return instance;
  }

  private AuthReport report() throws Mistake {
    skip();
    authservId = Optional.of(value(false));
    boolean parted = skip();
    int version = 1;
    if (parted && at < text.length() && isDigit(text.charAt(at))) {
      version = number(6);
      skip();
    }
    List<AuthReport.Entry> entries = new ArrayList<>(4);
    if (at == text.length()) {
      throw new Mistake(at, "no result"); // not even "none"
    }
    while (at < text.length()) {
      expect(';', "a semicolon is missing");
      skip();
      if (at < text.length() && text.charAt(at) != ';' && !isNone()) {
        entries.add(entry());
      }
      if (entries.size() > MOST_ENTRIES) {
        throw new Mistake(at, "more than " + MOST_ENTRIES + " results");
      }
    }
    return new AuthReport(authservId.orElseThrow(), version, entries);
  }

  private boolean isNone() throws Mistake {
    int start = at;
    if (keyword().equals("none")) {
      skip();
      if (at == text.length() || text.charAt(at) == ';') {
        return true;
      }
    }
    at = start;
    return false;
  }

  private AuthReport.Entry entry() throws Mistake {
    String method = keyword();
    skip();
    if (at < text.length() && text.charAt(at) == '/') { // method-version
      at++;
      skip();
      number(6);
      skip();
    }
    expect('=', "= is missing after the method");
    skip();
    AuthReport.Entry entry = AuthReport.Entry.of(method, keyword());
    List<AuthReport.Property> properties = new ArrayList<>(3);
    Optional<String> reason = Optional.empty();
    skip();
    while (at < text.length() && text.charAt(at) != ';') {
      String name = keyword();
      skip();
      if (name.equals("reason") && at < text.length() && text.charAt(at) == '=') {
        at++;
        skip();
        reason = Optional.of(value(true));
      } else {
        properties.add(property(name));
      }
      if (properties.size() > MOST_PROPERTIES) {
        throw new Mistake(at, "more than " + MOST_PROPERTIES + " properties");
      }
      skip();
    }
    return new AuthReport.Entry(entry.method(), entry.result(), reason, properties);
  }

  private AuthReport.Property property(String type) throws Mistake {
    expect('.', "a dot is missing after the property's type");
    skip();
    String name = keyword();
    skip();
    expect('=', "= is missing after the property");
    skip();
    return new AuthReport.Property(type, name, value(true));
  }

  private void expect(char c, String otherwise) throws Mistake {
    if (at >= text.length() || Character.toLowerCase(text.charAt(at)) != c) {
      throw new Mistake(at, otherwise);
    }
    at++;
  }

  private int number(int digits) throws Mistake {
    int start = at;
    int number = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      if (at - start == digits) {
        throw new Mistake(at, "a number that is too long");
      }
      number = number * 10 + text.charAt(at++) - '0';
    }
    if (at == start) {
      throw new Mistake(at, "a number is missing");
    }
    return number;
  }

  private String keyword() throws Mistake {
    int start = at;
    while (at < text.length() && isKeywordChar(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new Mistake(at, "a word is missing");
    }
    return text.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private static boolean isKeywordChar(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '-' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A quoted string, a token; when lenient anything up to white space, a semicolon, a comment. */
  private String value(boolean lenient) throws Mistake {
    int start = at;
    if (at < text.length() && text.charAt(at) == '"') {
      String quoted = quoted();
      int domain = at; // "local part"@domain
      return lenient && at < text.length() && text.charAt(at) == '@'
          ? quoted + text.substring(domain, plainEnd(true))
          : quoted;
    }
    plainEnd(lenient);
    if (at == start) {
      throw new Mistake(at, "a value is missing");
    }
    return text.substring(start, at);
  }

  private int plainEnd(boolean lenient) {
    while (at < text.length() && isPlain(text.charAt(at), lenient)) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(char c, boolean lenient) {
    boolean ends = lenient ? c == ';' || c == '(' : TSPECIALS.indexOf(c) >= 0;
    return c > ' ' && c != 0x7f && !ends;
  }

  private String quoted() throws Mistake { // RFC 5322 §3.2.4
    int start = at++;
    StringBuilder plain = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      if (c != '\r' && c != '\n') { // folding
        plain.append(c);
      }
      at++;
    }
    if (at == text.length()) {
      throw new Mistake(start, "a quote that is not closed");
    }
    at++;
    return plain.toString();
  }

  /** Skips white space, folding and comments (RFC 5322 §3.2.2); true when there was any. */
  private boolean skip() throws Mistake {
    int start = at;
    int depth = 0;
    int opened = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '(') {
        opened = depth == 0 ? at : opened;
        depth++;
      } else if (c == ')' && depth > 0) {
        depth--;
      } else if (c == '\\' && depth > 0) {
        at++;
      } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        break;
      }
      at++;
    }
    if (depth > 0) {
      throw new Mistake(opened, "a comment that is not closed");
    }
    at = Math.min(at, text.length());
    return at > start;
  }
}
