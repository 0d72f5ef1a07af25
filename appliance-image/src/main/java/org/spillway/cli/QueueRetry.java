package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway queue retry}. */
@Command(
    name = "retry",
    description = {
      "Try waiting mail now, whatever its back-off.",
      "All waiting recipients of a message that matches are tried."
    },
    footer = {"", "Example:", "  spillway queue retry --site onprem"})
final class QueueRetry extends QueueOrder {
  @Override
  protected String ask() {
    return "queue.retry";
  }
}
