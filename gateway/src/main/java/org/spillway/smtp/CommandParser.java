package org.spillway.smtp;

import java.util.Locale;
import java.util.Optional;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.Reply;
import org.spillway.mail.ReversePath;

/** Reads command lines (RFC 5321 §4.1). Never throws: what it cannot read is Malformed. */
public final class CommandParser {
  private static final int MAX_NAME = 255;
  private final PathParser paths;

  /**
   * A parser.
   *
   * @param postmasterDomain the domain of {@code RCPT TO:<postmaster>}
   */
  public CommandParser(Domain postmasterDomain) {
    this.paths = new PathParser(postmasterDomain);
  }

  /** Reads one line, given without its CRLF. */
  public Command parse(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7f) {
        return malformed(501, "5.5.2", "control character in command");
      }
    }
    String text = line.stripTrailing(); // RFC 5321 §4.1.1: tolerate trailing white space
    int space = text.indexOf(' ');
    String verb = space < 0 ? text : text.substring(0, space);
    String argument = space < 0 ? "" : text.substring(space + 1).stripLeading();
    return command(verb.toUpperCase(Locale.ROOT), argument); // RFC 5321 §2.4: any case
  }

  private Command command(String verb, String argument) {
    return switch (verb) {
      case "EHLO" -> hello(argument, true);
      case "HELO" -> hello(argument, false);
      case "MAIL" -> mail(argument);
      case "RCPT" -> rcpt(argument);
      case "DATA" -> bare(new Command.Data(), argument);
      case "BDAT" -> bdat(argument);
      case "RSET" -> bare(new Command.Rset(), argument);
      case "QUIT" -> bare(new Command.Quit(), argument);
      case "STARTTLS" -> bare(new Command.StartTls(), argument); // RFC 3207 §4
      case "NOOP" -> new Command.Noop();
      case "HELP" -> new Command.Help();
      case "VRFY" -> new Command.Vrfy(argument);
      case "EXPN" -> new Command.Expn(argument);
      case "AUTH" -> auth(argument);
      case "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "PROXY" ->
          new Command.Malformed(Reply.of(554, "5.5.1", "this is an SMTP port"), true);
      default -> malformed(500, "5.5.1", "command not known"); // RFC 5321 §4.2.4
    };
  }

  private static Command malformed(int code, String status, String text) {
    return new Command.Malformed(Reply.of(code, status, text), false);
  }

  private static Command bare(Command command, String argument) {
    return argument.isEmpty() ? command : malformed(501, "5.5.4", "no argument expected");
  }

  private static Command hello(String name, boolean extended) {
    boolean usable =
        !name.isEmpty() && name.length() <= MAX_NAME && name.chars().allMatch(CommandParser::named);
    if (!usable) {
      return malformed(501, "5.5.4", "a domain or an address literal is needed");
    }
    return new Command.Hello(name, extended);
  }

  /** Wider than RFC 5321 §4.1.2 Domain, since §4.1.4 forbids to refuse mail for a wrong name. */
  private static boolean named(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || "-._:[]".indexOf(c) >= 0;
  }

  private static Optional<String> after(String keyword, String argument) {
    return argument.regionMatches(true, 0, keyword, 0, keyword.length())
        ? Optional.of(argument.substring(keyword.length()).stripLeading())
        : Optional.empty();
  }

  private static Command mail(String argument) {
    Optional<PathParser.Cut> cut = after("FROM:", argument).flatMap(PathParser::cut);
    if (cut.isEmpty()) {
      return malformed(501, "5.5.4", "syntax: MAIL FROM:<address>");
    }
    Optional<ReversePath> from = reversePath(cut.get().inner());
    if (from.isEmpty()) {
      return malformed(501, "5.1.7", "malformed sender address"); // RFC 3463 §3.2
    }
    return switch (ParameterParser.mail(cut.get().rest())) {
      case Parsed.Bad<MailParameters>(Reply reply) -> new Command.Malformed(reply, false);
      case Parsed.Good<MailParameters>(MailParameters p) when needsUtf8(cut.get(), p) ->
          malformed(553, "5.6.7", "address needs SMTPUTF8"); // RFC 6531 §3.5
      case Parsed.Good<MailParameters>(MailParameters p) -> new Command.Mail(from.get(), p);
    };
  }

  private static boolean needsUtf8(PathParser.Cut cut, MailParameters parameters) {
    return !parameters.smtputf8() && !isAscii(cut.inner());
  }

  private static Optional<ReversePath> reversePath(String inner) {
    return inner.isEmpty()
        ? Optional.of(ReversePath.NULL)
        : PathParser.mailbox(inner).map(ReversePath::of);
  }

  private Command rcpt(String argument) {
    Optional<PathParser.Cut> cut = after("TO:", argument).flatMap(PathParser::cut);
    if (cut.isEmpty()) {
      return malformed(501, "5.5.4", "syntax: RCPT TO:<address>");
    }
    Optional<Address> to = paths.recipient(cut.get().inner());
    if (to.isEmpty()) {
      return malformed(501, "5.1.3", "malformed recipient address"); // RFC 3463 §3.2
    }
    boolean utf8 = !isAscii(cut.get().inner());
    return switch (ParameterParser.rcpt(cut.get().rest())) {
      case Parsed.Bad<RcptParameters>(Reply reply) -> new Command.Malformed(reply, false);
      case Parsed.Good<RcptParameters>(RcptParameters p) -> new Command.Rcpt(to.get(), utf8, p);
    };
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static Command bdat(String argument) {
    String[] words = argument.split(" +");
    Optional<Long> size = Digits.parse(words[0]);
    boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
    if (size.isEmpty() || words.length > 2 || words.length == 2 && !last) {
      return malformed(501, "5.5.4", "syntax: BDAT size [LAST]"); // RFC 3030 §2
    }
    return new Command.Bdat(size.get(), last);
  }

  private static Command auth(String argument) {
    String[] words = argument.split(" +");
    if (words[0].isEmpty() || words.length > 2) {
      return malformed(501, "5.5.4", "syntax: AUTH mechanism [initial-response]");
    }
    Optional<String> initial = words.length == 2 ? Optional.of(words[1]) : Optional.empty();
    return new Command.Auth(words[0].toUpperCase(Locale.ROOT), initial);
  }
}
