package org.spillway.cli;

import java.time.Duration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code spillway site pin}. */
@Command(
    name = "pin",
    description = {
      "Override a site's health for a while; the pin ends by itself.",
      "It takes the place of the pin that the site had."
    },
    footer = {
      "",
      "Examples:",
      "  spillway site pin onprem --force-spill --for 2h --why \"planned move\"",
      "  spillway site pin onprem --force-local --for 30m"
    })
final class SitePin extends SiteOrder {
  @ArgGroup(multiplicity = "1")
  private Kind kind;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "TIME",
      description = "How long it lasts, for example 2h; at most 30d.")
  private Duration lasts;

  /** Exactly one of them. */
  static final class Kind {
    @Option(
        names = "--force-local",
        description = "Use the site whatever its health says: nothing spills from it.")
    private boolean forceLocal;

    @Option(
        names = "--force-spill",
        description = "Treat the site as down at once: its mail spills where it may.")
    private boolean forceSpill;
  }

  @Override
  protected String ask() {
    return "site.pin";
  }

  @Override
  protected void more() {
    put("pin", kind.forceSpill ? "force-spill" : "force-local");
    put("for", lasts);
  }
}
