package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway queue hold}. */
@Command(
    name = "hold",
    description = {
      "Keep waiting mail here until it is released.",
      "What a delivery is carrying at that moment is left alone and counted."
    },
    footer = {
      "",
      "Examples:",
      "  spillway queue hold --from bulk@example.com --why \"ticket 4711\"",
      "  spillway queue hold --yes --why drill"
    })
final class QueueHold extends QueueOrder {
  @Override
  protected String ask() {
    return "queue.hold";
  }
}
