package org.spillway.cli;

import java.io.PrintWriter;
import org.spillway.route.SiteName;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An order for one site; silent when it is done. */
abstract class SiteOrder extends ClientCommand {
  @Parameters(paramLabel = "SITE", description = "The site's name.")
  private SiteName site;

  @Option(
      names = "--why",
      paramLabel = "REASON",
      description = "The reason, for audit and listing.")
  private String why = "";

  @Override
  protected final void fill() throws Failure {
    put("site", site);
    put("why", why);
    more();
  }

  /** What an order has of its own. */
  protected void more() throws Failure {}

  @Override
  protected final View view(PrintWriter out) {
    return new Lines(out, row -> out.println(Lines.facts(row)));
  }
}
