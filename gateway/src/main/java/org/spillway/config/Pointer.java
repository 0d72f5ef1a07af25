package org.spillway.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * The way from the top of the file to a value (RFC 6901).
 *
 * @param steps the keys and indexes on the way
 */
record Pointer(List<String> steps) {
  static final Pointer ROOT = new Pointer(List.of());

  Pointer {
    steps = List.copyOf(steps);
  }

  Pointer child(String step) {
    return new Pointer(Stream.concat(steps.stream(), Stream.of(step)).toList());
  }

  boolean isRoot() {
    return steps.isEmpty();
  }

  Pointer parent() {
    return new Pointer(steps.subList(0, steps.size() - 1));
  }

  String last() {
    return steps.getLast();
  }

  /** For people: {@code sites.exchange.hosts[0]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String step : steps) {
      boolean index = step.chars().allMatch(c -> c >= '0' && c <= '9');
      if (index) {
        text.append('[').append(step).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(Quoted.key(step));
      }
    }
    return text.toString();
  }
}
