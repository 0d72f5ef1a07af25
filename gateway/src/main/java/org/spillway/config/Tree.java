package org.spillway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a YAML file says, each value with its place. */
sealed interface Tree {
  Place place();

  /** Keys and values in the file's order. */
  record Table(Map<String, Entry> entries, Place place) implements Tree {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** A key's place, and its value. */
  record Entry(Place key, Tree value) {}

  /** A list. */
  record Items(List<Tree> trees, Place place) implements Tree {
    public Items {
      trees = List.copyOf(trees);
    }
  }

  /** One value. */
  record Leaf(String text, Kind kind, Place place) implements Tree {
    /** What YAML 1.2 takes it for; a quoted value is always text. */
    enum Kind {
      TEXT,
      WHOLE,
      FRACTION,
      TRUTH,
      NOTHING
    }
  }
}
