package org.spillway.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spillway.mail.Status;

/** Finds an SMTP reply, its status and the host that said it in the words of a disposition. */
final class SmtpWords {
  /** {@code mail.example.com:25 [192.0.2.1] said: 550 5.1.1 no such user}, the host optional. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<hop>[\\w.\\-\\[\\]:]{1,300}:\\d{1,5})(?: \\[[0-9a-fA-F.:]{1,60}\\])?(?: said)?: )?"
              + "(?<reply>[245]\\d\\d[ -].*)",
          Pattern.DOTALL);

  private SmtpWords() {}

  /** The reply as the peer gave it; empty when the words are our own. */
  static Optional<String> reply(String why) {
    return match(why).map(m -> m.group("reply"));
  }

  /** The host that said it, when the words name one. */
  static Optional<String> hop(String why) {
    return match(why).flatMap(m -> Optional.ofNullable(m.group("hop")));
  }

  /** The enhanced status of the reply, else of the words themselves. */
  static Optional<Status> status(String why) {
    return reply(why).map(r -> r.substring(4)).or(() -> Optional.of(why)).flatMap(Status::leading);
  }

  /** The bare host of {@code host:port [address]}. */
  static String host(String hop) {
    String name = hop.split(" ", 2)[0];
    int colon = name.lastIndexOf(':');
    return colon > 0 && name.indexOf(':') == colon || name.contains("]:")
        ? name.substring(0, colon)
        : name;
  }

  private static Optional<Matcher> match(String why) {
    Matcher m = FORM.matcher(why);
    return m.matches() ? Optional.of(m) : Optional.empty();
  }
}
