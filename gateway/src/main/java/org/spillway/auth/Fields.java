package org.spillway.auth;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Content;

/**
 * The header fields of a message in their order, raw (RFC 5322 §2.2). Anything can be read: what is
 * no field is left out and counted, what is over the limits is cut off and said.
 */
public final class Fields {
  /**
   * Bounds.
   *
   * @param maxBytes of the header section that are read
   * @param maxFields that are kept
   */
  public record Limits(int maxBytes, int maxFields) {
    /** 1 MiB and 2,000 fields. */
    public static final Limits USUAL = new Limits(1 << 20, 2_000);
  }

  private static final int PIECE = 4096;

  private final List<Field> all;
  private final int headerBytes;
  private final int strange;
  private final boolean cut;

  private Fields(List<Field> all, int headerBytes, int strange, boolean cut) {
    this.all = List.copyOf(all);
    this.headerBytes = headerBytes;
    this.strange = strange;
    this.cut = cut;
  }

  /** Reads a header section within {@link Limits#USUAL}; what follows the empty line is ignored. */
  public static Fields of(byte[] section, int length) {
    return of(section, length, Limits.USUAL);
  }

  /**
   * Reads a header section; what follows the empty line is ignored.
   *
   * @param section not to be changed afterwards
   */
  public static Fields of(byte[] section, int length, Limits limits) {
    int bound = Math.min(length, limits.maxBytes());
    if (colon(section, 0, lineEnd(section, 0, bound)) < 0 && !startsEmpty(section, bound)) {
      return new Fields(List.of(), 0, 0, false); // the first line is no field: all is body
    }
    List<Field> fields = new ArrayList<>();
    int strange = 0;
    int start = 0;
    while (start < bound && !isEmptyLine(section, start, bound)) {
      int end = fieldEnd(section, start, bound);
      int colon = colon(section, start, end);
      if (colon < 0) {
        strange++;
      } else if (fields.size() == limits.maxFields()) {
        return new Fields(fields, start, strange, true);
      } else {
        fields.add(new Field(section, start, colon, end));
      }
      start = end;
    }
    boolean ended = start < bound;
    int headerBytes = ended ? lineEnd(section, start, bound) : bound;
    return new Fields(fields, headerBytes, strange, !ended && bound < length);
  }

  /** Reads the header section of a message, and no more of its body than one piece. */
  public static Fields of(Content content) throws IOException {
    return of(content, Limits.USUAL);
  }

  /** Reads the header section of a message, and no more of its body than one piece. */
  public static Fields of(Content content, Limits limits) throws IOException {
    byte[] bytes = new byte[PIECE];
    int length = 0;
    try (InputStream in = content.open()) {
      while (length <= limits.maxBytes()) {
        int count = in.readNBytes(bytes, length, bytes.length - length);
        int fresh = length;
        length += count;
        if (count < bytes.length - fresh || emptyLineAfter(bytes, Math.max(0, fresh - 3), length)) {
          break;
        }
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
    }
    return of(bytes, length, limits);
  }

  private static boolean emptyLineAfter(byte[] bytes, int from, int length) {
    for (int at = from; at < length; at++) {
      if (bytes[at] == '\n' && isEmptyLine(bytes, at + 1, length)) {
        return true;
      }
    }
    return startsEmpty(bytes, length);
  }

  private static boolean startsEmpty(byte[] bytes, int length) {
    return isEmptyLine(bytes, 0, length);
  }

  private static boolean isEmptyLine(byte[] bytes, int at, int end) {
    return at < end && bytes[at] == '\n'
        || at + 1 < end && bytes[at] == '\r' && bytes[at + 1] == '\n';
  }

  private static int lineEnd(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      if (bytes[at++] == '\n') {
        return at;
      }
    }
    return end;
  }

  private static int fieldEnd(byte[] bytes, int start, int end) {
    int at = lineEnd(bytes, start, end);
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at = lineEnd(bytes, at, end); // RFC 5322 §2.2.3: folding
    }
    return at;
  }

  /** Where the colon after a field name stands, or -1 (RFC 5322 §2.2: printable, no colon). */
  static int colon(byte[] bytes, int start, int end) {
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

  /** The fields from top to bottom. */
  public List<Field> all() {
    return all;
  }

  /** The fields of a name, from top to bottom. */
  public List<Field> named(String name) {
    List<Field> found = new ArrayList<>(2);
    for (Field field : all) {
      if (field.is(name)) {
        found.add(field);
      }
    }
    return found;
  }

  /** The uppermost field of a name. */
  public Optional<Field> first(String name) {
    for (Field field : all) {
      if (field.is(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** Length of the section with the empty line after it: where the body begins. */
  public int headerBytes() {
    return headerBytes;
  }

  /** How many lines were no field and no continuation of one. */
  public int strangeLines() {
    return strange;
  }

  /** True when there was more than the limits allow; the rest is not here. */
  public boolean isCut() {
    return cut;
  }
}
