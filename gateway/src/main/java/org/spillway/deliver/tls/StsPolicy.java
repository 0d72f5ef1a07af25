package org.spillway.deliver.tls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.Domain;

/**
 * A policy as a domain serves it (RFC 8461 §3.2).
 *
 * @param mode what follows when a host does not keep it
 * @param mx patterns of host names in lower case, {@code *.example.com} for one label more
 * @param maxAge how long it holds after it was fetched, at most a year and a day
 * @param lines as served, for reports
 */
public record StsPolicy(Mode mode, List<String> mx, Duration maxAge, List<String> lines) {
  /** The longest body that is read (RFC 8461 §3.3), in bytes. */
  public static final int MAX_BYTES = 64 << 10;

  private static final long MAX_AGE_SECONDS = 31_557_600; // RFC 8461 §3.2
  private static final int MAX_PATTERNS = 1_000;

  public StsPolicy {
    mx = List.copyOf(mx);
    lines = List.copyOf(lines);
  }

  /** What follows from it. */
  public enum Mode {
    /** No more than if there were no policy. */
    NONE,
    /** Failures are reported, mail goes on. */
    TESTING,
    /** Mail goes only to hosts that keep it. */
    ENFORCE
  }

  /** What a body came to. */
  public sealed interface Parsed {
    /** A policy. */
    record Valid(StsPolicy policy) implements Parsed {}

    /** Of no use. */
    record Invalid(String why) implements Parsed {}
  }

  /** Raised inside this class only, and answered by it. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why, null, false, false);
    }
  }

  /** Reads the body of an answer; never throws. */
  public static Parsed parse(String body) {
    try {
      return new Parsed.Valid(read(lines(body)));
    } catch (Malformed malformed) {
      return new Parsed.Invalid(malformed.getMessage());
    }
  }

  /** RFC 8461 §3.2: lines end in CRLF or LF; empty ones at the end harm nobody. */
  private static List<String> lines(String body) {
    List<String> lines = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    while (!lines.isEmpty() && StsRecord.trim(lines.getLast()).isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static StsPolicy read(List<String> lines) throws Malformed {
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> mx = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon);
      String value = StsRecord.trim(line.substring(colon + 1));
      if (!StsRecord.isName(name) || !isValue(value)) {
        throw new Malformed("line " + (mx.size() + fields.size() + 1) + " is malformed");
      }
      if (name.equals("mx")) {
        mx.add(pattern(value));
      } else {
        fields.putIfAbsent(name, value); // RFC 8461 §3.2: of repeated fields the first counts
      }
    }
    if (!"STSv1".equals(fields.get("version"))) {
      throw new Malformed("the version is not STSv1");
    }
    Mode mode = mode(fields.getOrDefault("mode", ""));
    if (mode != Mode.NONE && mx.isEmpty()) {
      throw new Malformed("it names no mx");
    }
    if (mx.size() > MAX_PATTERNS) {
      throw new Malformed("it names more than " + MAX_PATTERNS + " mx");
    }
    return new StsPolicy(mode, mx, maxAge(fields.getOrDefault("max_age", "")), lines);
  }

  private static Mode mode(String word) throws Malformed {
    return switch (word) {
      case "none" -> Mode.NONE;
      case "testing" -> Mode.TESTING;
      case "enforce" -> Mode.ENFORCE;
      default -> throw new Malformed("the mode is none of none, testing, enforce");
    };
  }

  private static Duration maxAge(String digits) throws Malformed {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 10
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw new Malformed("max_age is no number of at most ten digits");
    }
    return Duration.ofSeconds(Math.min(Long.parseLong(digits), MAX_AGE_SECONDS));
  }

  private static String pattern(String text) throws Malformed {
    String name = text.startsWith("*.") ? text.substring(2) : text;
    Optional<Domain> domain =
        name.chars().allMatch(c -> c < 0x80) ? Domain.parse(name) : Optional.empty();
    if (domain.filter(d -> !d.isLiteral()).isEmpty()) {
      throw new Malformed("an mx is no host name");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isValue(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
  }

  /** True when a host may take mail under this policy (RFC 8461 §4.1). */
  public boolean matches(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    String wildcard = dot > 0 ? "*" + name.substring(dot) : name;
    return mx.contains(name) || mx.contains(wildcard);
  }

  /** As served, for the cache. */
  String text() {
    return String.join("\n", lines) + "\n";
  }
}
