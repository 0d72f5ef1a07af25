package org.spillway.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, instants, sizes and words, as people write and read them. */
final class Words {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,7})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?");
  private static final String[] SIZES = {"B", "K", "M", "G", "T"};

  private Words() {}

  /** Reads {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d12h}; empty when it is not one. */
  static Optional<Duration> duration(String text) {
    Matcher m = DURATION.matcher(text);
    if (text.isEmpty() || !m.matches()) {
      return Optional.empty();
    }
    long seconds = 0;
    long[] unit = {86_400, 3_600, 60, 1};
    for (int i = 0; i < unit.length; i++) {
      seconds += m.group(i + 1) == null ? 0 : Long.parseLong(m.group(i + 1)) * unit[i];
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }

  /** Reads {@code 2h} (ago), a day, or an instant, in UTC; empty when it is none. */
  static Optional<Instant> instant(String text, Instant now) {
    Optional<Duration> ago = duration(text);
    if (ago.isPresent()) {
      return Optional.of(now.minus(ago.get()));
    }
    try {
      return Optional.of(
          text.length() == "2026-01-31".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  /** The two greatest units: {@code 45s}, {@code 3h12m}, {@code 2d4h}. */
  static String duration(Duration duration) {
    long s = Math.max(0, duration.toSeconds());
    if (s < 60) {
      return s + "s";
    }
    if (s < 3_600) {
      return s / 60 + "m" + two(s % 60, "s");
    }
    return s < 86_400
        ? s / 3_600 + "h" + two(s / 60 % 60, "m")
        : s / 86_400 + "d" + two(s / 3_600 % 24, "h");
  }

  private static String two(long rest, String unit) {
    return rest == 0 ? "" : rest + unit;
  }

  /** {@code 812B}, {@code 10.2K}, {@code 50.0M}, by 1,024. */
  static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < SIZES.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + "B" : String.format(Locale.ROOT, "%.1f%s", size, SIZES[unit]);
  }

  /** How long ago the cell's instant is; a hyphen when there is none. */
  static String age(Map<String, ?> row, String key, Instant now) {
    return instantOf(row, key).map(at -> duration(Duration.between(at, now))).orElse("-");
  }

  /** How long it is until the cell's instant; {@code now} when it is past. */
  static String until(Map<String, ?> row, String key, Instant now) {
    return instantOf(row, key)
        .map(at -> at.isAfter(now) ? duration(Duration.between(now, at)) : "now")
        .orElse("-");
  }

  private static Optional<Instant> instantOf(Map<String, ?> row, String key) {
    return row.get(key) instanceof String text ? instant(text, Instant.EPOCH) : Optional.empty();
  }

  /** The cell's text, safe for a terminal; a hyphen when there is none. */
  static String text(Map<String, ?> row, String key) {
    Object value = row.get(key);
    return value == null || value.toString().isEmpty() ? "-" : safe(value.toString());
  }

  /** Why a recipient is still here, and the one path that an unknown outcome leaves it. */
  static String why(Map<String, ?> row) {
    String why = text(row, "why");
    return row.containsKey("unknownAt")
        ? why + " [unknown at " + text(row, "unknownAt") + "]"
        : why;
  }

  /** The cell's address; {@code <>} when it is empty. */
  static String path(Map<String, ?> row, String key) {
    Object value = row.get(key);
    return value == null || value.toString().isEmpty() ? "<>" : safe(value.toString());
  }

  /** Without what would steer a terminal: a peer's words are a stranger's. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> safe.appendCodePoint(isShown(c) ? c : c == '\n' || c == '\t' ? ' ' : '?'));
    return safe.toString();
  }

  private static boolean isShown(int c) {
    int kind = Character.getType(c);
    return kind != Character.CONTROL
        && kind != Character.FORMAT
        && kind != Character.LINE_SEPARATOR
        && kind != Character.PARAGRAPH_SEPARATOR
        && kind != Character.SURROGATE
        && kind != Character.UNASSIGNED;
  }
}
