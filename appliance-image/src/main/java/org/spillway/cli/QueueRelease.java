package org.spillway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code spillway queue release}. */
@Command(
    name = "release",
    description = {
      "Let held or quarantined mail go on its way.",
      "Its constraints stay: what a rule keeps from every site is held again."
    },
    footer = {
      "",
      "Examples:",
      "  spillway queue release 01KAT3YB8R0000000000000000",
      "  spillway queue release --status held --domain example.org"
    })
final class QueueRelease extends QueueOrder {
  @Option(
      names = "--any-site",
      description =
          "Let mail whose last outcome is unknown go to another site as well: it may arrive twice.")
  private boolean anySite;

  @Override
  protected String ask() {
    return "queue.release";
  }

  @Override
  protected void more() {
    put("any-site", anySite);
  }
}
