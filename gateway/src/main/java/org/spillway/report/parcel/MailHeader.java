package org.spillway.report.parcel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The header section of a mail or of a part, or the fields of a feedback report, unfolded.
 *
 * @param fields in order
 * @param length characters up to and with the empty line
 */
public record MailHeader(List<Field> fields, int length) {
  private static final int MOST_FIELDS = 1_000;
  private static final int LONGEST = 65_536;

  /**
   * One field.
   *
   * @param name in lower case
   * @param value unfolded and stripped
   */
  public record Field(String name, String value) {}

  public MailHeader {
    fields = List.copyOf(fields);
  }

  /** Reads up to the first empty line, or to a line that is no field. */
  public static MailHeader of(String text) {
    List<Field> fields = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      int stop = end < 0 ? text.length() : end;
      String line =
          text.substring(at, stop > at && text.charAt(stop - 1) == '\r' ? stop - 1 : stop);
      if (line.isEmpty() || !take(line, open, fields)) {
        close(open, fields); // RFC 5322 §2.2 broken: a line that is no field begins the body
        return new MailHeader(fields, line.isEmpty() ? next : at);
      }
      at = next;
    }
    close(open, fields);
    return new MailHeader(fields, text.length());
  }

  private static boolean take(String line, StringBuilder open, List<Field> fields) {
    boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
    if (folded) {
      if (open.length() < LONGEST) {
        open.append(' ').append(line.strip());
      }
      return !open.isEmpty();
    }
    int colon = line.indexOf(':');
    if (colon < 1 || !isName(line.substring(0, colon).stripTrailing())) {
      return false;
    }
    close(open, fields);
    open.append(line);
    return true;
  }

  private static void close(StringBuilder open, List<Field> fields) {
    int colon = open.indexOf(":");
    if (colon > 0 && fields.size() < MOST_FIELDS) {
      String name = open.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT);
      fields.add(new Field(name, open.substring(colon + 1).strip()));
    }
    open.setLength(0);
  }

  /** RFC 5322 §3.6.8. */
  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** How many fields there are. */
  public int size() {
    return fields.size();
  }

  /** The first value of a field, by its lower-case name; empty when there is none. */
  public String value(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  /** All values of a field. */
  public List<String> values(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).map(Field::value).toList();
  }

  /** The media type in lower case, {@code text/plain} when not said (RFC 2045 §5.2). */
  String type() {
    String type = value("content-type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.indexOf('/') < 0 ? "text/plain" : type;
  }

  /** A parameter of a field, unquoted; empty when there is none (RFC 2045 §5.1). */
  String parameter(String field, String name) {
    String rest = value(field);
    int at = rest.indexOf(';');
    while (at >= 0) {
      int equals = rest.indexOf('=', at);
      if (equals < 0) {
        return "";
      }
      String key = rest.substring(at + 1, equals).strip();
      int end = valueEnd(rest, equals + 1);
      if (key.equalsIgnoreCase(name)) {
        return unquoted(rest.substring(equals + 1, end).strip());
      }
      at = rest.indexOf(';', end);
    }
    return "";
  }

  private static int valueEnd(String text, int from) {
    int at = from;
    boolean quoted = false;
    while (at < text.length() && (quoted || text.charAt(at) != ';')) {
      quoted ^= text.charAt(at) == '"';
      at++;
    }
    return at;
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
