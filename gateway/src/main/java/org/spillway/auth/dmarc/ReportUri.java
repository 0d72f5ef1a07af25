package org.spillway.auth.dmarc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.mail.Address;

/**
 * One address of the rua or ruf tag (RFC 9989 §4.6, §4.8).
 *
 * @param text as published, without a size
 * @param mailto the mailbox of a mailto URI; empty for another scheme, which we do not support
 * @param mostBytes the size behind {@code !} (RFC 7489 §6.4; RFC 9989 has none), encoded for mail
 */
public record ReportUri(String text, Optional<Address> mailto, OptionalLong mostBytes) {
  private static final int LONGEST = 1_000;

  /** Reads one URI of the list; empty when the syntax is wrong. */
  static Optional<ReportUri> parse(String text) {
    int mark = text.indexOf('!'); // a "!" of the address itself must be encoded
    String uri = mark < 0 ? text : text.substring(0, mark);
    OptionalLong size = mark < 0 ? OptionalLong.empty() : size(text.substring(mark + 1));
    if (text.length() > LONGEST || mark >= 0 && size.isEmpty() || !isUri(uri)) {
      return Optional.empty();
    }
    if (!uri.regionMatches(true, 0, "mailto:", 0, 7)) {
      return Optional.of(new ReportUri(uri, Optional.empty(), size));
    }
    String path = uri.substring(7).split("\\?", 2)[0]; // RFC 6068 §2: header fields are not ours
    return decoded(path)
        .flatMap(Address::parse)
        .map(address -> new ReportUri(uri, Optional.of(address), size));
  }

  /** RFC 7489 §6.4: {@code 1*DIGIT [ "k" / "m" / "g" / "t" ]}, in powers of 1024. */
  private static OptionalLong size(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String unit = text.substring(digits).toLowerCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : "kmgt".indexOf(unit) + 1;
    if (digits == 0 || digits > 9 || unit.length() > 1 || !unit.isEmpty() && power == 0) {
      return OptionalLong.empty();
    }
    double bytes = Long.parseLong(text.substring(0, digits)) * Math.pow(1024, power);
    return OptionalLong.of((long) bytes); // what is too large becomes the largest long
  }

  /** RFC 3986 §3: a scheme, a colon, and only characters that may stand in a URI. */
  private static boolean isUri(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1 || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          i < colon
              ? isLetter(c) || c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0
              : c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0;
      if (!allowed || c == '%' && !isEncoded(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isEncoded(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  private static Optional<String> decoded(String path) {
    byte[] bytes = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' && isEncoded(path, i)) {
        bytes[length++] = (byte) Integer.parseInt(path, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return text.chars().anyMatch(c -> c < ' ' || c == 0x7f) ? Optional.empty() : Optional.of(text);
  }
}
