package org.spillway.report.parcel;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One thing that lay in a parcel, unpacked.
 *
 * @param type the media type it was sent as, lower case; empty for a bare file
 * @param name its file name as sent; empty when it had none
 * @param bytes its content
 */
public record Item(String type, String name, byte[] bytes) {

  /** What it looks like, whatever it is called. */
  public enum Kind {
    XML,
    JSON,
    /** message/feedback-report (RFC 5965 §3). */
    FEEDBACK,
    /** A message, or the header of one. */
    MESSAGE,
    TEXT,
    OTHER
  }

  /** Looks at the type, then at the first bytes. */
  public Kind kind() {
    if (type.equals("message/feedback-report")) {
      return Kind.FEEDBACK;
    }
    if (type.startsWith("message/") || type.equals("text/rfc822-headers")) {
      return Kind.MESSAGE;
    }
    char first = first();
    if (first == '<' && !type.equals("text/html")) {
      return Kind.XML;
    }
    if (first == '{') {
      return Kind.JSON;
    }
    return type.startsWith("text/") ? Kind.TEXT : Kind.OTHER;
  }

  /** The first character that is neither space nor byte order mark. */
  private char first() {
    for (byte b : bytes) {
      int c = b & 0xff;
      boolean mark = c == 0xef || c == 0xbb || c == 0xbf || c == 0xff || c == 0xfe || c == 0;
      if (c > ' ' && !mark) {
        return (char) c;
      }
    }
    return ' ';
  }

  /** Its content as UTF-8; what is not becomes a replacement character. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static Item of(String type, String name, byte[] bytes) {
    return new Item(type.toLowerCase(Locale.ROOT), name, bytes);
  }
}
