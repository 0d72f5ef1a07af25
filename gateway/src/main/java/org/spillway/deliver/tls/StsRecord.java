package org.spillway.deliver.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The TXT record at {@code _mta-sts.DOMAIN} (RFC 8461 §3.1).
 *
 * @param id of the policy in force: 1 to 32 letters and digits
 */
public record StsRecord(String id) {
  private static final String VERSION = "v=STSv1";
  private static final int MAX_NAME = 32;

  /** What a text came to. */
  public sealed interface Parsed {
    /** A record. */
    record Valid(StsRecord record) implements Parsed {}

    /** There is none. */
    record Absent() implements Parsed {}

    /** There is something, and it is of no use. */
    record Invalid(String why) implements Parsed {}
  }

  /** The one record among the TXT records of the name; RFC 8461 §3.1: else there is none. */
  public static Parsed among(List<String> texts) {
    List<String> candidates = new ArrayList<>();
    for (String text : texts) {
      if (isOurs(text)) {
        candidates.add(text);
      }
    }
    if (candidates.isEmpty()) {
      return new Parsed.Absent();
    }
    return candidates.size() == 1
        ? parse(candidates.getFirst())
        : new Parsed.Invalid(candidates.size() + " MTA-STS records");
  }

  private static boolean isOurs(String text) {
    return text.startsWith(VERSION)
        && text.substring(VERSION.length()).stripLeading().startsWith(";");
  }

  /** Reads one text; never throws. */
  public static Parsed parse(String text) {
    if (!isOurs(text)) {
      return new Parsed.Invalid("it does not begin with " + VERSION + ";");
    }
    String[] fields = text.substring(VERSION.length()).split(";", -1);
    int last = fields.length - 1;
    if (isBlank(fields[last])) {
      last--; // one delimiter may end the record
    }
    Optional<String> id = Optional.empty();
    for (int i = 1; i <= last; i++) {
      int equals = fields[i].indexOf('=');
      String name = equals < 0 ? "" : trim(fields[i].substring(0, equals));
      String value = equals < 0 ? "" : trim(fields[i].substring(equals + 1));
      if (!isName(name) || !isValue(value)) {
        return new Parsed.Invalid("field " + i + " is malformed");
      }
      if (name.equals("id") && !isId(value)) {
        return new Parsed.Invalid("the id is malformed");
      }
      if (name.equals("id") && id.isEmpty()) {
        id = Optional.of(value);
      }
    }
    return id.isPresent()
        ? new Parsed.Valid(new StsRecord(id.get()))
        : new Parsed.Invalid("it has no id");
  }

  private static boolean isBlank(String text) {
    return trim(text).isEmpty();
  }

  /** Without WSP at its ends, and nothing else removed. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isId(String value) {
    return value.length() <= MAX_NAME && value.chars().allMatch(StsRecord::isAlphanumeric);
  }

  /** {@code sts-ext-name}, of records and policies alike. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && isAlphanumeric(name.charAt(0))
        && name.chars().allMatch(c -> isAlphanumeric(c) || c == '_' || c == '-' || c == '.');
  }

  private static boolean isValue(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '=');
  }

  private static boolean isAlphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
