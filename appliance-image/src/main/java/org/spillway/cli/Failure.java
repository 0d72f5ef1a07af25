package org.spillway.cli;

import org.spillway.control.socket.Exit;

/** Ends a command: one sentence for standard error that says how to mend it, and an exit code. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1;

  private final Exit exit;

  Failure(Exit exit, String sentence) {
    super(sentence);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
