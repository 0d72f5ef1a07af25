package org.spillway.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Address;

/**
 * The addresses of the From fields of a header section (RFC 5322 §3.6.2), of all of them when there
 * are several, as a reader might believe any of them.
 *
 * @param addresses in order
 * @param unreadable true when a field is missing or holds something that is no address
 */
record FromField(List<Address> addresses, boolean unreadable) {
  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_ADDRESSES = 100;
  private static final String NAME = "from";

  FromField {
    addresses = List.copyOf(addresses);
  }

  /** Reads the header section of a message. */
  static FromField read(InputStream content, long headerBytes) throws IOException {
    return of(content.readNBytes((int) Math.min(headerBytes, MOST_BYTES)));
  }

  /** Reads a header section; never throws. */
  static FromField of(byte[] header) {
    String text = new String(header, StandardCharsets.UTF_8); // RFC 6532 §3.2
    List<Address> found = new ArrayList<>();
    boolean good = true;
    int fields = 0;
    for (int at = 0; at < text.length(); at = fieldEnd(text, at)) {
      int colon = colon(text, at);
      if (colon > 0) {
        fields++;
        good &= new Tokens(text.substring(colon + 1, fieldEnd(text, at)), found).read();
      }
    }
    return new FromField(found, !good || fields == 0);
  }

  /** Where the colon of a From field is that begins here; 0 when another begins here. */
  private static int colon(String text, int start) {
    if (!text.regionMatches(true, start, NAME, 0, NAME.length())) {
      return 0;
    }
    int at = start + NAME.length();
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++; // RFC 5322 §4.5
    }
    return at < text.length() && text.charAt(at) == ':' ? at : 0;
  }

  private static int fieldEnd(String text, int start) {
    int end = text.indexOf('\n', start);
    while (end >= 0 && end + 1 < text.length() && isFold(text.charAt(end + 1))) {
      end = text.indexOf('\n', end + 1);
    }
    return end < 0 ? text.length() : end + 1;
  }

  private static boolean isFold(char c) {
    return c == ' ' || c == '\t';
  }

  /** Cuts a field's value into mailboxes (RFC 5322 §3.4), leniently. */
  private static final class Tokens {
    private final String text;
    private final List<Address> found;
    private final StringBuilder plain = new StringBuilder();
    private Optional<String> angle = Optional.empty();
    private boolean good = true;
    private int at;

    Tokens(String text, List<Address> found) {
      this.text = text;
      this.found = found;
    }

    boolean read() {
      int before = found.size();
      while (at < text.length()) {
        take(text.charAt(at++));
      }
      mailbox();
      return good && found.size() > before;
    }

    private void take(char c) {
      switch (c) {
        case '"' -> plain.append(quoted());
        case '(' -> comment();
        case '<' -> {
          int end = angleEnd();
          angle = Optional.of(text.substring(at, end));
          at = Math.min(text.length(), end + 1);
        }
        case ',', ';' -> mailbox();
        case ':' -> plain.setLength(0); // the name of a group
        default -> plain.append(c);
      }
    }

    /** A quoted string with its quotes, as a local part may be. */
    private String quoted() {
      int start = at - 1;
      boolean escaped = false;
      while (at < text.length() && (escaped || text.charAt(at) != '"')) {
        escaped = !escaped && text.charAt(at) == '\\';
        at++;
      }
      at = Math.min(text.length(), at + 1);
      return text.substring(start, at);
    }

    private void comment() {
      int depth = 1;
      while (at < text.length() && depth > 0) {
        char c = text.charAt(at++);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        at += c == '\\' ? 1 : 0;
      }
      at = Math.min(at, text.length());
    }

    private int angleEnd() {
      int end = at;
      boolean quoted = false;
      while (end < text.length() && (quoted || text.charAt(end) != '>')) {
        quoted ^= text.charAt(end) == '"';
        end++;
      }
      return end;
    }

    private void mailbox() {
      String written = angle.orElseGet(plain::toString);
      boolean empty = angle.isEmpty() && written.isBlank();
      plain.setLength(0);
      angle = Optional.empty();
      if (empty) {
        return;
      }
      Optional<Address> address = Address.parse(route(squeezed(written)));
      good &= address.isPresent() && found.size() < MOST_ADDRESSES;
      if (found.size() < MOST_ADDRESSES) {
        address.ifPresent(found::add);
      }
    }

    /** Without the white space that may stand between atoms (RFC 5322 §4.4). */
    private static String squeezed(String written) {
      StringBuilder text = new StringBuilder(written.length());
      boolean quoted = false;
      for (int i = 0; i < written.length(); i++) {
        char c = written.charAt(i);
        quoted ^= c == '"';
        if (quoted || !Character.isWhitespace(c)) {
          text.append(c);
        }
      }
      return text.toString();
    }

    /** Without an obsolete source route (RFC 5322 §4.4). */
    private static String route(String written) {
      int colon = written.startsWith("@") ? written.indexOf(':') : -1;
      return written.substring(colon + 1);
    }
  }
}
