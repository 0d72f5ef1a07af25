package org.spillway.cli;

import java.util.concurrent.Callable;
import org.spillway.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spillway demo}: the product shown on itself. */
@Command(
    name = "demo",
    description = {
      "Show a mail server die and come back, on this machine and with nothing to set up.",
      "Exits with 1 when any mail was lost."
    },
    footer = {"", "Example:", "  spillway demo --once"})
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "End after the table instead of going on to serve.")
  private boolean once;

  @Override
  public Integer call() throws Exception {
    Demo demo = new Demo(spec.commandLine().getOut(), Spillway.world(spec).clock());
    return demo.run(once) ? 0 : 1;
  }
}
