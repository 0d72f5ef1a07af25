package org.spillway.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One header field as it came in (RFC 5322 §2.2): its bytes are a part of the header section, with
 * the folding and the CRLF at its end, and are not copied.
 */
public final class Field {
  private final byte[] section;
  private final int start;
  private final int colon;
  private final int end;
  private final String name;

  Field(byte[] section, int start, int colon, int end) {
    this.section = section;
    this.start = start;
    this.colon = colon;
    this.end = end;
    this.name = new String(section, start, nameEnd() - start, StandardCharsets.ISO_8859_1);
  }

  private int nameEnd() {
    int at = colon;
    while (at > start && (section[at - 1] == ' ' || section[at - 1] == '\t')) {
      at--; // RFC 5322 §4.5: obsolete white space before the colon
    }
    return at;
  }

  /** Makes a field of text such as {@code Subject: hello}, with or without its CRLF. */
  public static Field of(String text) {
    String line = text.endsWith("\r\n") ? text : text + "\r\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int colon = line.indexOf(':') < 0 ? -1 : Fields.colon(bytes, 0, bytes.length);
    if (colon < 0) {
      throw new IllegalArgumentException("not a header field");
    }
    return new Field(bytes, 0, colon, bytes.length);
  }

  /** The name as written. */
  public String name() {
    return name;
  }

  /** True when this is the name, without regard to case. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The value with its folding undone (RFC 5322 §2.2.3), read as UTF-8 (RFC 6532 §3.1). */
  public String value() {
    return new String(section, colon + 1, end - colon - 1, StandardCharsets.UTF_8)
        .replace("\r\n", "")
        .strip();
  }

  /**
   * All after the colon, folding and final CRLF too, a character a byte: what stands at character n
   * is byte n of {@link #valueBytes()}.
   */
  public String latin1() {
    return new String(section, colon + 1, end - colon - 1, StandardCharsets.ISO_8859_1);
  }

  /** A copy of all after the colon, folding and final CRLF too. */
  public byte[] valueBytes() {
    return Arrays.copyOfRange(section, colon + 1, end);
  }

  /** A copy of the whole field, final CRLF too. */
  public byte[] bytes() {
    return Arrays.copyOfRange(section, start, end);
  }

  /** The header section this field stands in; not to be changed. */
  public byte[] section() {
    return section;
  }

  /** Where its first byte stands in the section. */
  public int start() {
    return start;
  }

  /** Where its colon stands in the section. */
  public int colon() {
    return colon;
  }

  /** Where the byte after its final CRLF stands in the section. */
  public int end() {
    return end;
  }

  @Override
  public String toString() {
    return name + ": " + value();
  }
}
