package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway queue bounce}. */
@Command(
    name = "bounce",
    description = {
      "Return waiting or held mail to its sender.",
      "Quarantined mail is not returned: release or delete it."
    },
    footer = {
      "",
      "Example:",
      "  spillway queue bounce 01KAT3YB8R0000000000000000 --why \"no such project any more\""
    })
final class QueueBounce extends QueueOrder {
  @Override
  protected String ask() {
    return "queue.bounce";
  }
}
