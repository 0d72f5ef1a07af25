package org.spillway.smtp.server;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Walks the fields of a header section in memory (RFC 5322 §2.2). */
final class HeaderFields {
  /** Shown every field in turn. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A field.
     *
     * @param name in lower case
     * @param value reads the value, folded lines joined, when asked
     */
    void field(String name, java.util.function.Supplier<String> value);
  }

  private static final int MAX_NAME = 40; // longer names are none that we look for

  private HeaderFields() {}

  /** True when a line begins with a field name and a colon. */
  static boolean isField(byte[] bytes, int end) {
    return colon(bytes, 0, end) > 0;
  }

  private static int colon(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] > ' ' && bytes[at] != ':' && bytes[at] != 0x7f) {
      at++;
    }
    int nameEnd = at;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++; // RFC 5322 §4.5: obsolete white space before the colon
    }
    return nameEnd > start && at < end && bytes[at] == ':' ? at : -1;
  }

  /** Shows all fields of a section whose lines end in CRLF. */
  static void visit(byte[] bytes, int length, Visitor visitor) {
    int start = 0;
    while (start < length) {
      int next = fieldEnd(bytes, start, length);
      int colon = colon(bytes, start, next);
      if (colon > 0 && colon - start <= MAX_NAME) {
        String name = latin1(bytes, start, colon).strip().toLowerCase(Locale.ROOT);
        int end = next;
        visitor.field(name, () -> unfolded(bytes, colon + 1, end));
      }
      start = next;
    }
  }

  private static int fieldEnd(byte[] bytes, int start, int length) {
    int at = start;
    while (at < length) {
      if (bytes[at++] == '\n' && (at == length || bytes[at] != ' ' && bytes[at] != '\t')) {
        return at;
      }
    }
    return length;
  }

  private static String latin1(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String unfolded(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8) // RFC 6532 §3.1
        .replace("\r\n", "")
        .replace('\t', ' ')
        .strip();
  }
}
