package org.spillway.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code spillway reload}: the configuration of a running node. */
@Command(
    name = "reload",
    description = {
      "Have the running node read its configuration again.",
      "Domains, routes, sites, certificates and limits change; no session is dropped.",
      "An invalid file is refused whole, with every problem, and the old one stays."
    },
    footer = {"", "Example:", "  spillway check && spillway reload"})
final class Reload extends ClientCommand {
  @Option(names = "--why", paramLabel = "REASON", description = "The reason, for the audit.")
  private String why = "";

  @Override
  protected String ask() {
    return "reload";
  }

  @Override
  protected void fill() {
    put("why", why);
  }

  @Override
  protected View view(PrintWriter out) {
    PrintWriter err = err();
    return new Lines(
        out,
        row -> {
          if (row.containsKey("problem")) {
            err.println(Words.text(row, "problem"));
          } else {
            out.println(Words.text(row, "change"));
          }
        });
  }
}
