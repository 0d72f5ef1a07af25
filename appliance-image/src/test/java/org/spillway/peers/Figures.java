package org.spillway.peers;

import java.time.Duration;
import java.util.Locale;

/** What was measured, one line each that a search for FIGURE finds. */
final class Figures {

  private Figures() {}

  static void say(String name, long value, String unit) {
    line(name, Long.toString(value), unit);
  }

  static void say(String name, double value, String unit) {
    line(name, String.format(Locale.ROOT, "%.2f", value), unit);
  }

  static void say(String name, Duration value) {
    say(name, seconds(value), "s");
  }

  static double seconds(Duration value) {
    return value.toNanos() / 1e9;
  }

  private static void line(String name, String value, String unit) {
    System.out.println("FIGURE " + name + " " + value + " " + unit);
  }
}
