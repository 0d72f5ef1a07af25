package org.spillway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.spillway.control.socket.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spillway check}: what is wrong with a configuration. */
@Command(
    name = "check",
    description = {
      "Check a configuration and report all problems at once.",
      "Each is one line: file:line:column: what is wrong; how to mend it."
    },
    footer = {"", "Example:", "  spillway check -c /etc/spillway/spillway.yaml"})
final class Check implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigFile config;

  @Option(
      names = "--elsewhere",
      description =
          "The configuration is for another machine: only warn of files and variables that it names"
              + " and that are not here.")
  private boolean elsewhere;

  @Override
  public Integer call() throws Failure {
    Path file = config.path(Spillway.world(spec));
    Wiring.Checked checked = Spillway.wiring(spec).check(file, elsewhere);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    checked.problems().forEach(err::println);
    checked.warnings().forEach(warning -> err.println("warning: " + warning));
    if (!checked.problems().isEmpty()) {
      return Exit.REFUSED.code();
    }
    out.println(file + " is good");
    return Exit.OK.code();
  }
}
