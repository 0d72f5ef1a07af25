package org.spillway.control.socket;

import java.util.Optional;

/** How a command ends; the number is the command's exit code. */
public enum Exit {
  /** Done. */
  OK(0),
  /** Something failed, or only a part could be done. */
  FAILED(1),
  /** The command line was wrong. */
  USAGE(2),
  /** No node runs that could answer. */
  NOT_RUNNING(3),
  /** Nothing matched. */
  NOTHING(4),
  /** The configuration is wrong. */
  REFUSED(5);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /** The number, 0 to 5. */
  public int code() {
    return code;
  }

  static Optional<Exit> of(long code) {
    return code >= 0 && code < values().length
        ? Optional.of(values()[(int) code])
        : Optional.empty();
  }
}
