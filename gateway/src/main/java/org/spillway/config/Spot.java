package org.spillway.config;

import java.util.Optional;

/**
 * A way into a file, looked up in what the file says.
 *
 * @param pointer the way
 * @param root what the file says
 */
record Spot(Pointer pointer, Tree.Table root) {

  /** The value there; empty when the file has none. */
  Optional<Tree> value() {
    Optional<Tree> tree = Optional.of(root);
    for (String step : pointer.steps()) {
      tree = tree.flatMap(t -> below(t, step));
    }
    return tree;
  }

  private static Optional<Tree> below(Tree tree, String step) {
    return switch (tree) {
      case Tree.Table table ->
          Optional.ofNullable(table.entries().get(step)).map(Tree.Entry::value);
      case Tree.Items items -> Optional.of(items.trees().get(Integer.parseInt(step)));
      case Tree.Leaf _ -> Optional.empty();
    };
  }

  /** Where its key stands; where the value does when it has no key. */
  Place key() {
    if (pointer.isRoot()) {
      return Place.TOP;
    }
    Optional<Tree> above = new Spot(pointer.parent(), root).value();
    if (above.isPresent()
        && above.get() instanceof Tree.Table table
        && table.entries().containsKey(pointer.last())) {
      return table.entries().get(pointer.last()).key();
    }
    return value().map(Tree::place).orElse(Place.TOP);
  }

  Spot child(String key) {
    return new Spot(pointer.child(key), root);
  }
}
