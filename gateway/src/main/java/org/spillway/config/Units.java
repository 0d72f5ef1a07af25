package org.spillway.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as a configuration writes them. */
final class Units {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,15})(B)|([0-9]{1,6})(KB|KiB|MB|MiB|GB|GiB|TB|TiB)");
  private static final Map<String, Long> BYTES =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "KiB", 1L << 10,
          "MB", 1_000_000L,
          "MiB", 1L << 20,
          "GB", 1_000_000_000L,
          "GiB", 1L << 30,
          "TB", 1_000_000_000_000L,
          "TiB", 1L << 40);

  private Units() {}

  /** {@code 250ms}, {@code 90s}, {@code 2m}, {@code 4h}, {@code 5d}. */
  static Optional<Duration> duration(String text) {
    Matcher m = DURATION.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    long n = Long.parseLong(m.group(1));
    return Optional.of(
        switch (m.group(2)) {
          case "ms" -> Duration.ofMillis(n);
          case "s" -> Duration.ofSeconds(n);
          case "m" -> Duration.ofMinutes(n);
          case "h" -> Duration.ofHours(n);
          default -> Duration.ofDays(n);
        });
  }

  /** {@code 2000B}, {@code 50MiB}, {@code 10MB}, {@code 1GiB}, in bytes. */
  static OptionalLong size(String text) {
    Matcher m = SIZE.matcher(text);
    if (!m.matches()) {
      return OptionalLong.empty();
    }
    String number = m.group(1) == null ? m.group(3) : m.group(1);
    String unit = m.group(2) == null ? m.group(4) : m.group(2);
    return OptionalLong.of(Long.parseLong(number) * BYTES.get(unit));
  }

  /** Bytes in the largest binary unit that leaves no rest. */
  static String show(long bytes) {
    for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
      long each = BYTES.get(unit);
      if (bytes >= each && bytes % each == 0) {
        return bytes / each + unit;
      }
    }
    return bytes + "B";
  }
}
