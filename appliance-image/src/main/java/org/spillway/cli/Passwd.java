package org.spillway.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spillway.control.socket.Exit;
import org.spillway.mail.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spillway passwd}: a line for the accounts file. */
@Command(
    name = "passwd",
    description = {
      "Make the line of the accounts file for one user, with the password hashed.",
      "The password is asked for twice, or read from the first line of standard input."
    },
    footer = {
      "",
      "Examples:",
      "  spillway passwd alice >> /etc/spillway/accounts",
      "  pwgen 20 1 | spillway passwd alice --stdin"
    })
final class Passwd implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "The name to log in with.")
  private String user;

  @Option(names = "--stdin", description = "Read the password from standard input.")
  private boolean stdin;

  @Override
  public Integer call() throws Failure, IOException {
    if (user.isEmpty() || user.chars().anyMatch(c -> c <= ' ' || c == ':' || c == 0x7f)) {
      throw new Failure(Exit.USAGE, "A user's name has no spaces and no colon.");
    }
    String password = stdin ? line() : prompt();
    if (password.isEmpty()) {
      throw new Failure(Exit.USAGE, "The password is empty; give one.");
    }
    String hash = Spillway.wiring(spec).passwordHash(Secret.of(password));
    spec.commandLine().getOut().println(user + ":" + hash);
    return Exit.OK.code();
  }

  private String line() throws IOException {
    return Optional.ofNullable(
            new BufferedReader(
                    new InputStreamReader(Spillway.world(spec).in(), StandardCharsets.UTF_8))
                .readLine())
        .orElse("");
  }

  private static String prompt() throws Failure {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(
                () -> new Failure(Exit.USAGE, "There is no terminal to ask at; use --stdin."));
    char[] first = console.readPassword("Password: ");
    char[] second = console.readPassword("Again: ");
    if (!Arrays.equals(first, second)) {
      throw new Failure(Exit.USAGE, "The two are not the same; try again.");
    }
    return new String(first);
  }
}
