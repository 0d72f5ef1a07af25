package org.spillway.control;

import java.util.List;

/** Reads the configuration again and puts it in force, whole or not at all. */
@FunctionalInterface
public interface Reloader {
  /** Never throws for what is in the file. */
  Result reload();

  /** What came of it. */
  sealed interface Result {
    /**
     * In force.
     *
     * @param changes what is different now, a line each; empty when nothing is
     */
    record Reloaded(List<String> changes) implements Result {
      public Reloaded {
        changes = List.copyOf(changes);
      }
    }

    /**
     * The file is wrong; what was in force stays.
     *
     * @param problems {@code file:line:column: what is wrong; how to mend it}
     */
    record Refused(List<String> problems) implements Result {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }
}
