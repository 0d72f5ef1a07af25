package org.spillway.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.spillway.spool.Entry;

/** The header section of the message that a report is about, and never more (RFC 6522 §4). */
final class ReturnedHeaders {
  private static final int MOST_BYTES = 32 << 10;
  private static final int MOST_LINE = 900;

  private ReturnedHeaders() {}

  /**
   * The header lines with clean line ends.
   *
   * @param utf8 false to turn everything beyond ASCII into question marks
   */
  static String of(Entry entry, boolean utf8) {
    int length = (int) Math.min(entry.facts().headerBytes(), MOST_BYTES);
    byte[] bytes;
    try (InputStream content = entry.content().open()) {
      bytes = content.readNBytes(length);
    } catch (IOException unreadable) {
      return ""; // a report without headers is better than none
    }
    return clean(new String(bytes, StandardCharsets.UTF_8), utf8);
  }

  /** Ends at the empty line; no bare CR or LF, no control, no line beyond 998 octets. */
  static String clean(String text, boolean utf8) {
    StringBuilder clean = new StringBuilder(text.length());
    for (String line : text.split("\r\n|\r|\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      String kept = kept(line, utf8);
      if (!kept.isBlank()) {
        clean.append(kept).append("\r\n");
      }
    }
    return clean.toString();
  }

  private static String kept(String line, boolean utf8) {
    StringBuilder kept = new StringBuilder(line.length());
    int octets = 0;
    for (int i = 0; i < line.length() && octets < MOST_LINE; ) {
      int c = line.codePointAt(i);
      i += Character.charCount(c);
      boolean shown = c == '\t' || c >= ' ' && c < 0x7f || utf8 && c >= 0xa0 && !isSurrogate(c);
      int put = shown ? c : '?';
      octets += put < 0x80 ? 1 : put < 0x800 ? 2 : put < 0x10000 ? 3 : 4;
      kept.appendCodePoint(put);
    }
    return kept.toString();
  }

  private static boolean isSurrogate(int c) {
    return c >= 0xd800 && c < 0xe000;
  }
}
