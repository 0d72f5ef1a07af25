package org.spillway.report.parcel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Content transfer encodings (RFC 2045 §6), read tolerantly, written strictly. */
final class TransferCoding {
  private static final byte[] LINE_END = {'\r', '\n'};

  private TransferCoding() {}

  /** Decodes what is base64 in a text up to the first padding; skips all else. */
  static byte[] base64(String text) {
    byte[] kept = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
      char c = text.charAt(i);
      boolean digit = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (digit || c == '+' || c == '/') {
        kept[length++] = (byte) c;
      }
    }
    int whole = length % 4 == 1 ? length - 1 : length; // one digit alone holds no byte
    return Base64.getDecoder().decode(java.util.Arrays.copyOf(kept, whole));
  }

  /** Decodes quoted-printable; an "=" that means nothing stays. */
  static byte[] quotedPrintable(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int softEnd = c == '=' ? softBreak(text, i + 1) : -1;
      if (softEnd > 0) {
        i = softEnd - 1;
      } else if (c == '=' && isHex(text, i + 1)) {
        out.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }

  /** Where the line after a soft line break begins; -1 when this is none. */
  private static int softBreak(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    return at < text.length() && text.charAt(at) == '\n' ? at + 1 : -1;
  }

  private static boolean isHex(String text, int at) {
    return at + 1 < text.length() && digit(text.charAt(at)) && digit(text.charAt(at + 1));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
  }

  /** Base64 in lines of 76 characters with CRLF between them. */
  static String toBase64(byte[] bytes) {
    return new String(Base64.getMimeEncoder(76, LINE_END).encode(bytes), StandardCharsets.US_ASCII);
  }

  /** How long {@link #toBase64} will be. */
  static long base64Length(long bytes) {
    long digits = (bytes + 2) / 3 * 4;
    return digits + Math.max(0, (digits - 1) / 76) * 2;
  }
}
