package org.spillway.cli;

import picocli.CommandLine.Command;

/** {@code spillway site unpin}. */
@Command(
    name = "unpin",
    description = "End a pin or a drain before its time.",
    footer = {"", "Example:", "  spillway site unpin onprem"})
final class SiteUnpin extends SiteOrder {
  @Override
  protected String ask() {
    return "site.unpin";
  }
}
