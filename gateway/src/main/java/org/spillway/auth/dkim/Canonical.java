package org.spillway.auth.dkim;

import java.util.Locale;
import org.spillway.auth.Field;

/** How much a header or body may change on its way without harm to a signature (RFC 6376 §3.4). */
public enum Canonical {
  /** Nothing, but empty lines at the end of the body (RFC 6376 §3.4.1, §3.4.3). */
  SIMPLE,
  /** White space, folding and the case of field names (RFC 6376 §3.4.2, §3.4.4). */
  RELAXED;

  /**
   * For header and body, as {@code c=relaxed/simple} says it.
   *
   * @param header of the fields
   * @param body of the body
   */
  public record Pair(Canonical header, Canonical body) {
    /** As most signers have it. */
    public static final Pair RELAXED = new Pair(Canonical.RELAXED, Canonical.RELAXED);

    /** The value of {@code c=}. */
    public String text() {
      return header.text() + "/" + body.text();
    }
  }

  /** The word of the RFC. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Appends a field as it is signed, with its CRLF. */
  void field(Field field, Bytes out) {
    append(field, new Gap(field.end(), field.end()), field.end(), out);
  }

  /** Appends a signature's own field: its b= value left out, no CRLF at the end (§3.7). */
  void signature(Field field, Gap gap, Bytes out) {
    append(field, gap, field.end() - lineBreak(field), out);
  }

  /**
   * Bytes of a section that are left out.
   *
   * @param from the first
   * @param to the one after the last
   */
  record Gap(int from, int to) {}

  private static int lineBreak(Field field) {
    byte[] in = field.section();
    int end = field.end();
    if (end > field.colon() + 1 && in[end - 1] == '\n') {
      return end - 1 > field.colon() + 1 && in[end - 2] == '\r' ? 2 : 1;
    }
    return 0;
  }

  private void append(Field field, Gap gap, int end, Bytes out) {
    switch (this) {
      case SIMPLE -> {
        int cut = Math.min(gap.from(), end);
        out.add(field.section(), field.start(), cut);
        out.add(field.section(), Math.max(cut, gap.to()), end);
      }
      case RELAXED -> {
        relaxed(field, gap, end, out);
        if (end == field.end()) {
          out.add((byte) '\r');
          out.add((byte) '\n');
        }
      }
    }
  }

  /** RFC 6376 §3.4.2: lower-case name, unfolded, white space reduced to one space or none. */
  private static void relaxed(Field field, Gap gap, int end, Bytes out) {
    byte[] in = field.section();
    String name = field.name();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.add((byte) (c >= 'A' && c <= 'Z' ? c + 32 : c));
    }
    out.add((byte) ':');
    boolean space = false;
    int begin = out.length();
    for (int at = field.colon() + 1; at < end; at++) {
      if (at >= gap.from() && at < gap.to()) {
        continue;
      }
      byte b = in[at];
      if (b == ' ' || b == '\t') {
        space = true;
      } else if (b != '\n' && !(b == '\r' && at + 1 < field.end() && in[at + 1] == '\n')) {
        if (space && out.length() > begin) {
          out.add((byte) ' ');
        }
        space = false;
        out.add(b);
      }
    }
  }

  /** Bytes that grow. */
  static final class Bytes {
    private byte[] bytes = new byte[1024];
    private int length;

    void add(byte b) {
      room(1);
      bytes[length++] = b;
    }

    void add(byte[] source, int from, int to) {
      if (to > from) {
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
      }
    }

    private void room(int more) {
      if (length + more > bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
      }
    }

    int length() {
      return length;
    }

    byte[] copy() {
      return java.util.Arrays.copyOf(bytes, length);
    }
  }
}
