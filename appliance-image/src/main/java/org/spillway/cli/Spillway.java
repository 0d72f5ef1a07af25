package org.spillway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line; each command is a class of its own in this package. */
@Command(
    name = "spillway",
    description = "A mail gateway that loses nothing and breaks no rule, whatever is down.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {Version.class, CommandLine.HelpCommand.class})
public final class Spillway {

  private Spillway() {}

  public static void main(String[] args) {
    Parent.watchIfAsked();
    System.exit(new CommandLine(new Spillway()).execute(args));
  }
}
