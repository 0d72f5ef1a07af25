package org.spillway.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of tag=value as in DKIM and DMARC records (RFC 6376 §3.2). Names keep their case, since
 * they differ by it; values lose the white space around them and keep that inside. A character is a
 * character of the text that was read, so a place in a value is a place in the text.
 *
 * @param tags in their order
 */
public record TagList(List<Tag> tags) {
  /**
   * One tag.
   *
   * @param name case-sensitive
   * @param value may be empty
   * @param at where the value begins in the text
   */
  public record Tag(String name, String value, int at) {}

  /** What reading gave. */
  public sealed interface Reading {
    /** A list by the rules. */
    record Good(TagList list) implements Reading {}

    /**
     * No list.
     *
     * @param why in words
     * @param at character of the text, from 0
     */
    record Bad(String why, int at) implements Reading {}
  }

  private static final int MAX_TAGS = 100;

  public TagList {
    tags = List.copyOf(tags);
  }

  /** Reads a list; a name twice, no {@code =} or a character that may not stand there is bad. */
  public static Reading parse(String text) {
    List<Tag> tags = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = specEnd(text, start);
      if (end < text.length()
          || !isBlank(text, start, end)) { // RFC 6376 §3.2: a last ";" may stand
        Spec spec = spec(text, start, end);
        if (!spec.why().isEmpty()) {
          return new Reading.Bad(spec.why(), spec.at());
        }
        String twice = twice(tags, spec.name());
        if (!twice.isEmpty()) {
          return new Reading.Bad(twice, start);
        }
        tags.add(new Tag(spec.name(), spec.value(), spec.at()));
      }
      start = end + 1;
    }
    return new Reading.Good(new TagList(tags));
  }

  /** Reads what can be read: broken parts are dropped, of a name that stands twice the first. */
  public static TagList salvage(String text) {
    List<Tag> tags = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = specEnd(text, start);
      Spec spec = spec(text, start, end);
      if (spec.why().isEmpty() && twice(tags, spec.name()).isEmpty()) {
        tags.add(new Tag(spec.name(), spec.value(), spec.at()));
      }
      start = end + 1;
    }
    return new TagList(tags);
  }

  /** One part between semicolons; {@code why} is empty when it is good. */
  private record Spec(String name, String value, int at, String why) {
    static Spec bad(String why, int at) {
      return new Spec("", "", at, why);
    }
  }

  private static Spec spec(String text, int start, int end) {
    int name = skipSpace(text, start, end);
    int nameEnd = name;
    while (nameEnd < end && isNameCharacter(text.charAt(nameEnd), nameEnd == name)) {
      nameEnd++;
    }
    int equals = skipSpace(text, nameEnd, end);
    if (nameEnd == name) {
      return Spec.bad("a tag without a name", name);
    }
    if (equals == end || text.charAt(equals) != '=') {
      return Spec.bad("no = after a tag name", equals);
    }
    int value = skipSpace(text, equals + 1, end);
    int valueEnd = end;
    while (valueEnd > value && isSpace(text.charAt(valueEnd - 1))) {
      valueEnd--;
    }
    for (int at = value; at < valueEnd; at++) {
      if (!isValueCharacter(text.charAt(at))) {
        return Spec.bad("a character that may not stand in a value", at);
      }
    }
    return new Spec(text.substring(name, nameEnd), text.substring(value, valueEnd), value, "");
  }

  private static String twice(List<Tag> tags, String name) {
    for (Tag tag : tags) {
      if (tag.name().equals(name)) { // RFC 6376 §3.2: a name twice makes the whole list invalid
        return "the tag " + name + "= stands twice";
      }
    }
    return tags.size() == MAX_TAGS ? "more than " + MAX_TAGS + " tags" : "";
  }

  private static int specEnd(String text, int start) {
    int semicolon = text.indexOf(';', start);
    return semicolon < 0 ? text.length() : semicolon;
  }

  private static int skipSpace(String text, int start, int end) {
    int at = start;
    while (at < end && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(String text, int start, int end) {
    return skipSpace(text, start, end) == end;
  }

  private static boolean isSpace(char c) { // RFC 6376 §2.8: FWS
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isNameCharacter(char c, boolean first) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return letter || !first && (c >= '0' && c <= '9' || c == '_');
  }

  private static boolean isValueCharacter(char c) {
    return c > ' ' && c != 0x7f || isSpace(c); // and, by RFC 8616 §3, all beyond ASCII
  }

  /** The tag of a name. */
  public Optional<Tag> tag(String name) {
    for (Tag tag : tags) {
      if (tag.name().equals(name)) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  /** The value of a name. */
  public Optional<String> value(String name) {
    return tag(name).map(Tag::value);
  }

  /** The value of a name without any white space, as base64 and lists are written. */
  public Optional<String> compact(String name) {
    return value(name).map(TagList::withoutSpace);
  }

  private static String withoutSpace(String value) {
    StringBuilder out = null;
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      boolean space = isSpace(c);
      if (space && out == null) {
        out = new StringBuilder(value.length()).append(value, 0, at);
      } else if (!space && out != null) {
        out.append(c);
      }
    }
    return out == null ? value : out.toString();
  }

  /** True when the first tag is this one with this value, as {@code v=DKIM1} must be. */
  public boolean startsWith(String name, String value) {
    return !tags.isEmpty()
        && tags.getFirst().name().equals(name)
        && tags.getFirst().value().equals(value);
  }
}
