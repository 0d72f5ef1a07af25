package org.spillway.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code spillway site drain}. */
@Command(
    name = "drain",
    description = {
      "Keep new mail away from a site for a while, for its maintenance.",
      "Its mail waits or spills as the rules allow; deliveries under way end."
    },
    footer = {
      "",
      "Example:",
      "  spillway site drain onprem --for 1h --why \"kernel update\"",
      "  spillway site unpin onprem"
    })
final class SiteDrain extends SiteOrder {
  @Option(
      names = "--for",
      required = true,
      paramLabel = "TIME",
      description = "How long it lasts, for example 1h; at most 30d.")
  private Duration lasts;

  @Override
  protected String ask() {
    return "site.pin";
  }

  @Override
  protected void more() {
    put("pin", "drain");
    put("for", lasts);
  }
}
