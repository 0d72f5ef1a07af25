package org.spillway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.keys.KeyFolder;
import org.spillway.auth.dkim.keys.Selector;
import org.spillway.control.socket.Exit;
import org.spillway.mail.Domain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spillway dkim generate}. */
@Command(
    name = "generate",
    description = {
      "Make keys for a domain, RSA of 2,048 bits and Ed25519, and print the records to publish.",
      "A key signs five days later, when its record is known everywhere, and is followed by"
          + " another",
      "after half a year; with --fixed it signs from the next reload on, and for good."
    },
    footer = {
      "",
      "Examples:",
      "  spillway dkim generate example.com --fixed",
      "  spillway dkim generate example.com --only ed25519"
    })
final class DkimGenerate implements Callable<Integer> {
  enum Kind {
    rsa,
    ed25519
  }

  @Spec private CommandSpec spec;
  @Mixin private ConfigFile config;

  @Parameters(paramLabel = "DOMAIN", description = "The domain of the author, in From.")
  private Domain domain;

  @Option(names = "--only", paramLabel = "KIND", description = "One kind: rsa or ed25519.")
  private Optional<Kind> only = Optional.empty();

  @Option(names = "--fixed", description = "Sign at once and for good, without a rotation.")
  private boolean fixed;

  @Override
  public Integer call() throws Failure, IOException {
    World world = Spillway.world(spec);
    KeyFolder folder = Dkim.folder(config, world);
    Instant now = world.clock().instant();
    PrintWriter out = spec.commandLine().getOut();
    for (Algorithm algorithm : algorithms()) {
      String name = Selector.nameFor(algorithm, now);
      Optional<Instant> created = fixed ? Optional.empty() : Optional.of(now);
      try {
        DkimRecord.print(folder.create(domain, name, algorithm, created), out);
      } catch (FileAlreadyExistsException there) {
        throw new Failure(
            Exit.FAILED, "There is a key " + name + " of " + domain + " already, made today.");
      }
    }
    out.flush();
    return Exit.OK.code();
  }

  private List<Algorithm> algorithms() {
    return only.map(
            kind ->
                switch (kind) {
                  case rsa -> List.of(Algorithm.RSA_SHA256);
                  case ed25519 -> List.of(Algorithm.ED25519_SHA256);
                })
        .orElse(List.of(Algorithm.values()));
  }
}
