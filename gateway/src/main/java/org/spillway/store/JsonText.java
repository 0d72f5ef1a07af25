package org.spillway.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON of objects, arrays, strings and whole numbers (RFC 8259), which is all that trails
 * hold. Objects become maps, arrays lists, numbers Longs. Never throws: text of any other kind is
 * empty.
 */
final class JsonText {
  private static final int MOST_DEPTH = 8;

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** The value of a whole text. */
  static Optional<Object> read(String text) {
    JsonText json = new JsonText(text);
    Optional<Object> value = json.value(0);
    json.space();
    return json.at == text.length() ? value : Optional.empty();
  }

  private Optional<Object> value(int depth) {
    space();
    if (at >= text.length() || depth > MOST_DEPTH) {
      return Optional.empty();
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth).map(m -> m);
      case '[' -> array(depth).map(l -> l);
      case '"' -> string().map(s -> s);
      default -> number().map(n -> n);
    };
  }

  private Optional<Map<String, Object>> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    if (next('}')) {
      return Optional.of(members);
    }
    do {
      space();
      Optional<String> name = at < text.length() ? string() : Optional.empty();
      Optional<Object> value = name.isPresent() && next(':') ? value(depth + 1) : Optional.empty();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      members.put(name.get(), value.get());
    } while (next(','));
    return next('}') ? Optional.of(members) : Optional.empty();
  }

  private Optional<List<Object>> array(int depth) {
    List<Object> items = new ArrayList<>();
    at++;
    if (next(']')) {
      return Optional.of(items);
    }
    do {
      Optional<Object> item = value(depth + 1);
      if (item.isEmpty()) {
        return Optional.empty();
      }
      items.add(item.get());
    } while (next(','));
    return next(']') ? Optional.of(items) : Optional.empty();
  }

  private Optional<String> string() {
    if (text.charAt(at) != '"') {
      return Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return Optional.of(plain.toString());
      }
      if (c == '\\') {
        int meant = ++at < text.length() ? escaped(text.charAt(at)) : -1;
        if (meant < 0) {
          return Optional.empty();
        }
        c = (char) meant;
      }
      plain.append(c);
    }
    return Optional.empty();
  }

  private int escaped(char c) {
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> hex();
      default -> -1;
    };
  }

  private int hex() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = ++at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private Optional<Long> number() {
    int start = at;
    if (text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      return Optional.of(Long.valueOf(text.substring(start, at)));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private boolean next(char wanted) {
    space();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
