package org.spillway.report.dmarc;

import java.util.ArrayList;
import java.util.List;

/**
 * An XML element with its text and children, by local name; the namespace does not matter, for
 * reports come with the right one, a wrong one, or none.
 */
final class Elements {
  private final String name;
  private final List<Elements> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  Elements(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(Elements child) {
    children.add(child);
  }

  void add(String more, int longest) {
    if (text.length() < longest) {
      text.append(more, 0, Math.min(more.length(), longest - text.length()));
    }
  }

  /** Its own text, stripped. */
  String text() {
    return text.toString().strip();
  }

  boolean has(String child) {
    return children.stream().anyMatch(c -> c.name.equals(child));
  }

  /** The first child of a name; an empty element when there is none. */
  Elements child(String wanted) {
    return children.stream()
        .filter(c -> c.name.equals(wanted))
        .findFirst()
        .orElseGet(() -> new Elements(wanted));
  }

  /** All children of a name. */
  List<Elements> all(String wanted) {
    return children.stream().filter(c -> c.name.equals(wanted)).toList();
  }

  /** The text of a child; empty when there is none. */
  String text(String child) {
    return child(child).text();
  }
}
