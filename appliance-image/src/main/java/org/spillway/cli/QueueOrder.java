package org.spillway.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An order for whatever is selected; answered with counts of recipients. */
abstract class QueueOrder extends ClientCommand {
  @Mixin private Selection selection;

  @Option(
      names = "--why",
      paramLabel = "REASON",
      description = "The reason, for audit and trace; a bounce tells it to the sender.")
  private String why = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Mean the whole queue when nothing is selected.")
  private boolean yes;

  @Override
  protected final void fill() {
    selection.fill(this);
    put("why", why);
    put("yes", yes);
    more();
  }

  /** What an order has of its own. */
  protected void more() {}

  @Override
  protected final View view(PrintWriter out) {
    return new Lines(
        out,
        row ->
            out.printf(
                "%s matched, %s done, %s in delivery and left alone, %s failed%n",
                row.get("matched"), row.get("done"), row.get("inFlight"), row.get("failed")));
  }
}
