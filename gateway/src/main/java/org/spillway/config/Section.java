package org.spillway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One map of the file, read key by key. A value of the wrong shape reads as if it were not there,
 * once the problem has been told.
 *
 * @param reading where problems go
 * @param pointer the way to it
 * @param table its keys; none when the file does not have it
 * @param place its key in the file
 */
record Section(Reading reading, Pointer pointer, Map<String, Tree.Entry> table, Place place) {

  /**
   * A value with where it stands.
   *
   * @param value what was read
   * @param place where
   */
  record Located<T>(T value, Place place) {}

  static Section root(Reading reading, Tree.Table table) {
    return new Section(reading, Pointer.ROOT, table.entries(), Place.TOP);
  }

  boolean has(String key) {
    return table.containsKey(key);
  }

  /** Where a key stands; the section itself when it is not there. */
  Place place(String key) {
    return has(key) ? table.get(key).key() : place;
  }

  /** The way to a key, for people. */
  String path(String key) {
    return pointer.child(key).toString();
  }

  void problem(String key, String what, String mend) {
    reading.problem(place(key), path(key) + " " + what, mend);
  }

  void warn(String key, String what, String mend) {
    reading.warn(place(key), path(key) + " " + what, mend);
  }

  /** The section under a key; an empty one when it is not there. */
  Section section(String key) {
    return section(key, has(key) ? table.get(key).value() : nothing(), place(key));
  }

  private Section section(String key, Tree value, Place at) {
    Pointer here = pointer.child(key);
    return switch (value) {
      case Tree.Table t -> new Section(reading, here, t.entries(), at);
      case Tree.Leaf leaf when leaf.kind() == Tree.Leaf.Kind.NOTHING ->
          new Section(reading, here, Map.of(), at);
      case Tree.Leaf leaf -> notMap(here, leaf);
      case Tree.Items items -> notMap(here, items);
    };
  }

  private Section notMap(Pointer here, Tree value) {
    reading.shape(here, value.place(), here + " is not a map", "write its keys below it");
    return new Section(reading, here, Map.of(), value.place());
  }

  private static Tree nothing() {
    return new Tree.Leaf("", Tree.Leaf.Kind.NOTHING, Place.TOP);
  }

  /** The sections by name under a key, in the file's order. */
  Map<String, Section> named(String key) {
    Section group = section(key);
    Map<String, Section> all = new LinkedHashMap<>();
    group.table.forEach((name, e) -> all.put(name, group.section(name, e.value(), e.key())));
    return all;
  }

  /** The sections in a list under a key. */
  List<Section> listed(String key) {
    List<Section> all = new ArrayList<>();
    Section group = new Section(reading, pointer.child(key), Map.of(), place(key));
    List<Tree> trees = trees(key);
    for (int i = 0; i < trees.size(); i++) {
      all.add(group.section(String.valueOf(i), trees.get(i), trees.get(i).place()));
    }
    return all;
  }

  private List<Tree> trees(String key) {
    Tree value = has(key) ? table.get(key).value() : nothing();
    return switch (value) {
      case Tree.Items items -> items.trees();
      case Tree.Leaf leaf when leaf.kind() == Tree.Leaf.Kind.NOTHING -> List.of();
      case Tree.Leaf leaf -> notList(key, leaf);
      case Tree.Table map -> notList(key, map);
    };
  }

  private List<Tree> notList(String key, Tree value) {
    Pointer here = pointer.child(key);
    reading.shape(here, value.place(), here + " is not a list", "write it in square brackets");
    return List.of();
  }

  /** Text in a form. */
  <T> Optional<T> value(String key, Form<T> form) {
    return has(key) ? read(pointer.child(key), table.get(key).value(), form) : Optional.empty();
  }

  /** A list of texts in a form. */
  <T> List<Located<T>> values(String key, Form<T> form) {
    List<Located<T>> all = new ArrayList<>();
    List<Tree> trees = trees(key);
    for (int i = 0; i < trees.size(); i++) {
      Tree tree = trees.get(i);
      read(pointer.child(key).child(String.valueOf(i)), tree, form)
          .ifPresent(v -> all.add(new Located<>(v, tree.place())));
    }
    return all;
  }

  /** A list of texts in a form, without their places. */
  <T> List<T> list(String key, Form<T> form) {
    return values(key, form).stream().map(Located::value).toList();
  }

  private <T> Optional<T> read(Pointer at, Tree tree, Form<T> form) {
    Optional<T> value =
        tree instanceof Tree.Leaf leaf && leaf.kind() != Tree.Leaf.Kind.NOTHING
            ? form.parse().apply(leaf.text())
            : Optional.empty();
    if (value.isEmpty()) {
      String shown = tree instanceof Tree.Leaf leaf ? Quoted.of(leaf.text()) : "not one value";
      reading.shape(
          at,
          tree.place(),
          at + " is " + shown + ", which is not " + form.title(),
          "write for example " + form.examples());
    }
    return value;
  }

  /** A value that must be there. */
  <T> Optional<T> required(String key, Form<T> form) {
    if (!has(key)) {
      reading.shape(
          pointer.child(key),
          place,
          pointer + " has no " + key,
          "add " + key + ", " + form.title());
    }
    return value(key, form);
  }

  Optional<String> text(String key) {
    return value(key, new Form<>("text", "\"…\"", t -> Optional.of(t).filter(v -> !v.isBlank())));
  }

  int number(String key, int standard) {
    return Math.toIntExact(longs(key).orElse(standard));
  }

  OptionalLong longs(String key) {
    Form<Long> form =
        new Form<>(
            "a whole number in range",
            "100",
            t -> t.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(t)) : Optional.empty());
    return value(key, form).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** A share from 0 to 1. */
  double ratio(String key, double standard) {
    Form<Double> form =
        new Form<>(
            "a number", "0.5", t -> t.matches("[0-9.eE+-]{1,20}") ? parsed(t) : Optional.empty());
    return value(key, form).orElse(standard);
  }

  private static Optional<Double> parsed(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException notNumber) {
      return Optional.empty();
    }
  }

  boolean flag(String key, boolean standard) {
    Form<Boolean> form =
        new Form<>(
            "true or false",
            "true",
            t -> t.matches("(?i)true|false") ? Optional.of(Boolean.valueOf(t)) : Optional.empty());
    return value(key, form).orElse(standard);
  }

  Duration duration(String key, Duration standard) {
    return value(key, new Form<>("a duration", "90s, 2m, 4h or 5d", Units::duration))
        .orElse(standard);
  }

  OptionalLong size(String key) {
    Form<OptionalLong> form =
        new Form<>(
            "a size", "50MiB", t -> Optional.of(Units.size(t)).filter(OptionalLong::isPresent));
    return value(key, form).orElse(OptionalLong.empty());
  }

  /** A size with its default and its bounds. */
  long size(String key, long standard, long least, long most) {
    long bytes = size(key).orElse(standard);
    if (bytes < least) {
      problem(key, "is " + Units.show(bytes) + ", too little", "use at least " + Units.show(least));
    } else if (bytes > most) {
      problem(key, "is " + Units.show(bytes) + ", too much", "use at most " + Units.show(most));
    } else {
      return bytes;
    }
    return standard;
  }

  /** One of the words of an enum, written in kebab case. */
  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return value(key, words(type));
  }

  static <E extends Enum<E>> Form<E> words(Class<E> type) {
    List<E> all = List.of(type.getEnumConstants());
    String words = String.join(", ", all.stream().map(Section::word).toList());
    return new Form<>(
        "one of " + words, words, t -> all.stream().filter(e -> word(e).equals(t)).findFirst());
  }

  /** An enum's constant as the file writes it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An absolute path. */
  Optional<Path> file(String key) {
    return value(key, new Form<>("a path", "/etc/spillway/file", this::absolute));
  }

  private Optional<Path> absolute(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(reading.path(Path.of(text)));
    } catch (InvalidPathException notPath) {
      return Optional.empty();
    }
  }

  /** True when any of the keys is there. */
  boolean hasAny(String... keys) {
    return Arrays.stream(keys).anyMatch(this::has);
  }
}
