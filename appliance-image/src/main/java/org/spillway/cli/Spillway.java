package org.spillway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.spillway.control.Standing;
import org.spillway.control.socket.Exit;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The root of the command line; each command is a class of its own in this package. */
@Command(
    name = "spillway",
    description = "A mail gateway that loses nothing and breaks no rule, whatever is down.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      Run.class,
      DemoCommand.class,
      Check.class,
      Reload.class,
      Queue.class,
      Trace.class,
      Sites.class,
      SpoolFiles.class,
      Auth.class,
      Dkim.class,
      Passwd.class,
      Version.class,
      CommandLine.HelpCommand.class
    })
public final class Spillway {
  private static final OptionSpec HELP =
      OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build();

  private final Wiring wiring;
  private final World world;

  private Spillway(Wiring wiring, World world) {
    this.wiring = wiring;
    this.world = world;
  }

  public static void main(String[] args) {
    Parent.watchIfAsked();
    System.exit(commandLine(new Wired(World.real()), World.real()).execute(args));
  }

  /** The whole command line. */
  public static CommandLine commandLine(Wiring wiring, World world) {
    CommandLine line = new CommandLine(new Spillway(wiring, world));
    line.setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
    line.setExecutionExceptionHandler(Spillway::failed);
    line.setParameterExceptionHandler(Spillway::misused);
    converter(line, EntryId.class, "a message ID of 26 letters and digits", EntryId::parse);
    converter(line, Domain.class, "a domain", Domain::parse);
    converter(line, Standing.class, "a status such as waiting or held", Standing::parse);
    converter(line, Duration.class, "a time such as 90s, 30m, 2h or 1d12h", Words::duration);
    converter(
        line,
        Instant.class,
        "a time such as 2h (ago), 2026-11-24 or 2026-11-24T05:00:00Z",
        text -> Words.instant(text, world.clock().instant()));
    converter(
        line,
        SiteName.class,
        "a site's name (a-z, 0-9 and hyphen)",
        text -> SiteName.isValid(text) ? Optional.of(new SiteName(text)) : Optional.empty());
    explain(line);
    return line;
  }

  private static <T> void converter(
      CommandLine line, Class<T> type, String form, Function<String, Optional<T>> parser) {
    line.registerConverter(
        type,
        text ->
            parser
                .apply(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + form)));
  }

  /** Gives each command what all have alike: {@code --help} and the exit codes. */
  private static void explain(CommandLine line) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    codes.put("1", "failed, or only a part could be done");
    codes.put("2", "the command line was wrong");
    codes.put("3", "no node runs that could answer");
    codes.put("4", "nothing matched");
    codes.put("5", "refused: the configuration is wrong");
    explain(line, codes);
  }

  private static void explain(CommandLine line, Map<String, String> codes) {
    CommandSpec spec = line.getCommandSpec();
    if (!(spec.userObject() instanceof CommandLine.HelpCommand)) {
      if (spec.parent() != null) {
        spec.addOption(HELP);
      }
      spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
      spec.usageMessage().optionListHeading("%nOptions:%n").commandListHeading("%nCommands:%n");
      spec.usageMessage().parameterListHeading("%nArguments:%n").descriptionHeading("%n");
    }
    line.getSubcommands().values().forEach(sub -> explain(sub, codes));
  }

  private static int misused(ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    line.getErr()
        .println(
            "spillway: "
                + wrong.getMessage().replaceFirst("^Error: ", "")
                + "; see \""
                + line.getCommandSpec().qualifiedName()
                + " --help\".");
    return Exit.USAGE.code();
  }

  private static int failed(Exception failed, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    return switch (failed) {
      case Failure failure -> {
        err.println("spillway: " + failure.getMessage());
        yield failure.exit().code();
      }
      case IOException io -> {
        err.println("spillway: " + io.getMessage());
        yield Exit.FAILED.code();
      }
      default -> {
        err.println("spillway: It failed unforeseen: " + failed);
        failed.printStackTrace(err);
        yield Exit.FAILED.code();
      }
    };
  }

  static Wiring wiring(CommandSpec spec) {
    return of(spec).wiring;
  }

  static World world(CommandSpec spec) {
    return of(spec).world;
  }

  private static Spillway of(CommandSpec spec) {
    return (Spillway) spec.root().userObject();
  }
}
