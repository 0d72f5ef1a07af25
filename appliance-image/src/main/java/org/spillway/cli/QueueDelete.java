package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway queue delete}. */
@Command(
    name = "delete",
    description = "Throw mail away. Nobody is told; audit and trace keep that it was done.",
    footer = {
      "",
      "Example:",
      "  spillway queue delete --status quarantined --older 30d --why \"retention\""
    })
final class QueueDelete extends QueueOrder {
  @Override
  protected String ask() {
    return "queue.delete";
  }
}
