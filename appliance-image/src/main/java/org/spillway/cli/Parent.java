package org.spillway.cli;

/**
 * Leaves when the process that started this one has gone, so that no gateway outlives the build
 * that runs the demo. Asked for by {@code -Dspillway.leave-with-parent=true}.
 */
final class Parent {

  /** As after a Ctrl-C. */
  private static final int INTERRUPTED = 130;

  private Parent() {}

  static void watchIfAsked() {
    if (Boolean.getBoolean("spillway.leave-with-parent")) {
      ProcessHandle.current()
          .parent()
          .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(INTERRUPTED)));
    }
  }
}
