package org.spillway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spillway.auth.dkim.keys.Selector;
import org.spillway.control.socket.Exit;
import org.spillway.mail.Domain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spillway dkim record}. */
@Command(
    name = "record",
    description = "Print the TXT records of the keys, as a zone file has them.",
    footer = {"", "Example:", "  spillway dkim record example.com"})
final class DkimRecord implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigFile config;

  @Parameters(paramLabel = "DOMAIN", arity = "0..1", description = "Only of this domain.")
  private Optional<Domain> domain = Optional.empty();

  @Override
  public Integer call() throws Failure, IOException {
    List<Selector> selectors =
        Dkim.read(Dkim.folder(config, Spillway.world(spec))).selectors().stream()
            .filter(s -> domain.map(s.domain()::equals).orElse(true))
            .toList();
    selectors.forEach(selector -> print(selector, spec.commandLine().getOut()));
    spec.commandLine().getOut().flush();
    return selectors.isEmpty() ? Exit.NOTHING.code() : Exit.OK.code();
  }

  static void print(Selector selector, PrintWriter out) {
    out.print(selector.recordName() + ". IN TXT (");
    selector.file().key().strings().forEach(text -> out.print(" \"" + text + "\""));
    out.println(" )");
  }
}
