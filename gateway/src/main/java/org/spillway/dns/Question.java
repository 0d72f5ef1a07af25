package org.spillway.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A name and a record type.
 *
 * @param name in lower case (RFC 4343), without the final dot
 */
record Question(String name, int type) {
  private static final int MAX_LABEL = 63; // RFC 1035 §2.3.4
  private static final int MAX_NAME = 255;

  static Question of(String text, int type) {
    String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return new Question(lower(plain), type);
  }

  /** ASCII only; hands back the same string when there is nothing to do, as there mostly is. */
  private static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUpper(text.charAt(i))) {
        char[] chars = text.toCharArray();
        for (int j = i; j < chars.length; j++) {
          chars[j] = isUpper(chars[j]) ? (char) (chars[j] + ('a' - 'A')) : chars[j];
        }
        return new String(chars);
      }
    }
    return text;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /**
   * The name for the wire; each dot parts two labels, and nothing is an escape, since the names
   * come out of mail. Empty when no such name can exist.
   */
  Optional<Name> wire() {
    byte[] wire = new byte[MAX_NAME];
    int at = 0;
    if (!name.isEmpty()) {
      for (String label : name.split("\\.", -1)) {
        byte[] bytes = bytes(label);
        if (bytes.length == 0 || bytes.length > MAX_LABEL || at + bytes.length + 2 > MAX_NAME) {
          return Optional.empty();
        }
        wire[at++] = (byte) bytes.length;
        System.arraycopy(bytes, 0, wire, at, bytes.length);
        at += bytes.length;
      }
    }
    try {
      return Optional.of(new Name(Arrays.copyOf(wire, at + 1)));
    } catch (IOException noName) {
      return Optional.empty();
    }
  }

  /** A label is bytes, and TXT hands bytes on as ISO 8859-1; anything wider can only be UTF-8. */
  private static byte[] bytes(String label) {
    boolean narrow = label.chars().allMatch(c -> c < 256);
    return label.getBytes(narrow ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return Type.string(type) + " " + name;
  }
}
