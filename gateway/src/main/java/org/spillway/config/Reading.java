package org.spillway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One reading of one file: what it may look at, and what has been found wrong so far. */
final class Reading {
  private final Path file;
  private final Map<String, String> environment;
  private final Config.MissingFiles missing;
  private final Set<Problem> problems = new HashSet<>();
  private final Set<Problem> warnings = new HashSet<>();
  private final Set<Pointer> refused = new HashSet<>();

  Reading(Path file, Map<String, String> environment, Config.MissingFiles missing) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.missing = missing;
  }

  /** Something is wrong, so that there are no settings. */
  void problem(Place place, String what, String mend) {
    add(problems, file.toString(), place, new String[] {what, mend});
  }

  /** Something is wrong in another file that this one names. */
  void problemIn(Path other, Place place, String what, String mend) {
    add(problems, shown(other), place, new String[] {what, mend});
  }

  /** Something is allowed, and worth a second look. */
  void warn(Place place, String what, String mend) {
    add(warnings, file.toString(), place, new String[] {what, mend});
  }

  /** A file or variable is not there. */
  void missing(Place place, String what, String mend) {
    Set<Problem> where = missing == Config.MissingFiles.WARN ? warnings : problems;
    add(where, file.toString(), place, new String[] {what, mend});
  }

  private static void add(Set<Problem> where, String file, Place place, String[] text) {
    where.add(new Problem(file, place.line(), place.column(), text[0], text[1]));
  }

  /** Marks a value as told to be of the wrong shape. */
  void refuse(Pointer pointer) {
    refused.add(pointer);
  }

  /**
   * A value has not the form it needs. Silent when the schema has said so already, of the value or
   * of what holds it.
   */
  void shape(Pointer pointer, Place place, String what, String mend) {
    for (Pointer p = pointer; !p.isRoot(); p = p.parent()) {
      if (refused.contains(p)) {
        return;
      }
    }
    refuse(pointer);
    problem(place, what, mend);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** An absolute path; a relative one starts from the configuration's directory. */
  Path path(Path named) {
    return directory().toAbsolutePath().resolve(named).normalize();
  }

  /** A path as the operator would write it from where the configuration was named. */
  String shown(Path absolute) {
    Path base = directory();
    Path from = base.toAbsolutePath().normalize();
    Path shown = absolute.startsWith(from) ? base.resolve(from.relativize(absolute)) : absolute;
    return Quoted.plain(shown.toString());
  }

  private Path directory() {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  List<Problem> problems() {
    return sorted(problems);
  }

  List<Problem> warnings() {
    return sorted(warnings);
  }

  /** The configuration's own first, then each other file's. */
  private List<Problem> sorted(Set<Problem> all) {
    List<Problem> list = new ArrayList<>(all);
    list.sort(
        java.util.Comparator.comparing((Problem p) -> !p.file().equals(file.toString()))
            .thenComparing(Problem::file)
            .thenComparing(java.util.Comparator.naturalOrder()));
    return list;
  }
}
