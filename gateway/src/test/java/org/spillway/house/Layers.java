package org.spillway.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layers of the gateway as {@code layers.txt} states them. */
record Layers(List<Layer> order, List<String> forAll) {

  /** One line: the package without {@code org.spillway}, empty for the root, and its libraries. */
  record Layer(String name, List<String> libraries) {}

  private static final String TOP = "org.spillway";
  private static final String CLUSTER = TOP + ".cluster.";
  private static final List<String> JDK = List.of("java.", "javax.", "jdk.jfr.", "jdk.net.");
  private static final List<String> JDK_BY_LEAVE =
      List.of("java.sql.", "javax.sql.", "java.awt.", "java.beans.", "javax.swing.");

  static Layers read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  static Layers of(List<String> lines) {
    List<Layer> order = new ArrayList<>();
    List<String> forAll = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.strip().split("\\s+"));
      List<String> libraries = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "(all)" -> forAll.addAll(libraries);
        case "(root)" -> order.add(new Layer("", libraries));
        case String name -> order.add(new Layer(name, libraries));
      }
    }
    return new Layers(List.copyOf(order), List.copyOf(forAll));
  }

  /** The layer of a package: the longest line that holds it. */
  Optional<Layer> of(String packageName) {
    if (packageName.equals(TOP)) {
      return order.stream().filter(layer -> layer.name().isEmpty()).findFirst();
    }
    return order.stream()
        .filter(layer -> !layer.name().isEmpty())
        .filter(layer -> (packageName + ".").startsWith(TOP + "." + layer.name() + "."))
        .reduce((a, b) -> a.name().length() >= b.name().length() ? a : b);
  }

  /** Why a class of this package may not use that class, or nothing if it may. */
  Optional<String> objection(String fromPackage, String toPackage, String toClass) {
    Optional<Layer> from = of(fromPackage);
    if (from.isEmpty()) {
      return Optional.of(fromPackage + " is not in layers.txt");
    }
    if (toPackage.startsWith(TOP) && !toClass.startsWith(CLUSTER)) {
      return inside(from.get(), toPackage, toClass);
    }
    return outside(from.get(), toClass);
  }

  private Optional<String> inside(Layer from, String toPackage, String toClass) {
    Optional<Layer> to = of(toPackage);
    if (to.isEmpty()) {
      return Optional.of(toPackage + " is not in layers.txt");
    }
    return order.indexOf(to.get()) <= order.indexOf(from)
        ? Optional.empty()
        : Optional.of("layer " + from.name() + " stands above " + toClass + " (back edge)");
  }

  private Optional<String> outside(Layer from, String toClass) {
    boolean jdk = starts(toClass, JDK) && !starts(toClass, JDK_BY_LEAVE);
    boolean allowed =
        jdk || startsWithPackage(toClass, forAll) || startsWithPackage(toClass, from.libraries());
    return allowed
        ? Optional.empty()
        : Optional.of("layer " + from.name() + " may not use " + toClass);
  }

  private static boolean starts(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  private static boolean startsWithPackage(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(prefix -> name.startsWith(prefix + "."));
  }
}
