package org.spillway.smtp.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads encoded words (RFC 2047) for people; what cannot be read stays as it is. */
final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile(
          "=\\?([^?*\\s]{1,40})(?:\\*[^?\\s]{0,20})?\\?([bBqQ])\\?([^?\\s]{0,998})\\?=");
  private static final Pattern GAP = Pattern.compile("(\\?=)\\s+(=\\?)");

  private EncodedWords() {}

  /** The text with its encoded words read, control characters gone, cut to so many characters. */
  static String decode(String value, int longest) {
    String text = value;
    if (value.contains("=?")) {
      Matcher words = WORD.matcher(GAP.matcher(value).replaceAll("$1$2")); // RFC 2047 §6.2
      text = words.replaceAll(m -> Matcher.quoteReplacement(word(m.group(1), m.group(2), m)));
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.length() <= longest ? clean.toString() : clean.substring(0, longest);
  }

  private static String word(String charset, String encoding, java.util.regex.MatchResult match) {
    String text = match.group(3);
    return charset(charset)
        .flatMap(c -> bytes(encoding, text).map(b -> new String(b, c)))
        .orElse(match.group());
  }

  private static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> bytes(String encoding, String text) {
    return encoding.equalsIgnoreCase("b") ? base64(text) : Optional.of(quoted(text));
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static byte[] quoted(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '=' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(in[i] == '_' ? ' ' : in[i]); // RFC 2047 §4.2
      }
    }
    return bytes.toByteArray();
  }
}
