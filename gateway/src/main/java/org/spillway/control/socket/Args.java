package org.spillway.control.socket;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.spillway.control.QueueFilter;
import org.spillway.control.Standing;
import org.spillway.control.Traces.TraceFilter;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.route.Pin;
import org.spillway.route.SiteName;

/** The arguments of a request as the words they stand for; what is wrong is a {@link BadAsk}. */
final class Args {
  private static final Set<String> FILTER =
      Set.of("id", "status", "site", "domain", "from", "to", "older", "younger");
  private static final int TRACES = 100;
  private static final int MOST_TRACES = 10_000;

  private final Map<String, List<String>> args;

  Args(Map<String, List<String>> args) {
    this.args = args;
  }

  /** Says what is wrong with a request. */
  static final class BadAsk extends Exception {
    private static final long serialVersionUID = 1;

    BadAsk(String say) {
      super(say);
    }
  }

  /** What a message filter may name and nothing else, beside those. */
  void only(boolean filter, Set<String> others) throws BadAsk {
    for (String key : args.keySet()) {
      if (!others.contains(key) && !(filter && FILTER.contains(key))) {
        throw new BadAsk("There is no argument \"" + key + "\" here; leave it out.");
      }
    }
  }

  Optional<String> text(String key) throws BadAsk {
    List<String> values = args.getOrDefault(key, List.of());
    if (values.size() > 1) {
      throw new BadAsk("Give \"" + key + "\" once.");
    }
    return values.stream().findFirst();
  }

  boolean flag(String key) throws BadAsk {
    return text(key).map("true"::equals).orElse(false);
  }

  QueueFilter filter() throws BadAsk {
    return new QueueFilter(
        all("id", "a message ID of 26 letters and digits", EntryId::parse),
        all("status", "one of waiting, held, quarantined, delivered, bounced", Standing::parse),
        one("site", "the name of a site", Args::site),
        one("domain", "a domain", Domain::parse),
        text("from"),
        text("to"),
        one("older", "a duration", Args::duration),
        one("younger", "a duration", Args::duration));
  }

  TraceFilter traces() throws BadAsk {
    return new TraceFilter(
        one("id", "a message ID of 26 letters and digits", EntryId::parse),
        text("from").map(from -> from.equals("<>") ? "" : from),
        text("to"),
        one("since", "an instant", Args::instant),
        one("limit", "a number from 1 to " + MOST_TRACES, Args::limit).orElse(TRACES));
  }

  EntryId id() throws BadAsk {
    return one("id", "a message ID of 26 letters and digits", EntryId::parse)
        .orElseThrow(() -> new BadAsk("Give the ID of a message."));
  }

  SiteName site() throws BadAsk {
    return one("site", "the name of a site", Args::site)
        .orElseThrow(() -> new BadAsk("Give the name of a site."));
  }

  Pin.Kind pin() throws BadAsk {
    return one("pin", "force-local, force-spill or drain", Args::kind)
        .orElseThrow(() -> new BadAsk("Give force-local, force-spill or drain."));
  }

  Duration lasts(Duration longest) throws BadAsk {
    return one("for", "a duration of up to " + longest.toDays() + " days", Args::duration)
        .filter(d -> d.isPositive() && d.compareTo(longest) <= 0)
        .orElseThrow(() -> new BadAsk("Say for how long, from 1s to " + longest.toDays() + "d."));
  }

  private <T> Optional<T> one(String key, String form, Function<String, Optional<T>> parser)
      throws BadAsk {
    Optional<String> text = text(key);
    return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get(), form, parser));
  }

  private <T> Set<T> all(String key, String form, Function<String, Optional<T>> parser)
      throws BadAsk {
    Set<T> values = new TreeSet<>();
    for (String text : args.getOrDefault(key, List.of())) {
      values.add(parse(text, form, parser));
    }
    return values;
  }

  private static <T> T parse(String text, String form, Function<String, Optional<T>> parser)
      throws BadAsk {
    return parser
        .apply(text)
        .orElseThrow(() -> new BadAsk("\"" + text + "\" is not " + form + "."));
  }

  private static Optional<SiteName> site(String text) {
    return SiteName.isValid(text) ? Optional.of(new SiteName(text)) : Optional.empty();
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(d -> !d.isNegative());
    } catch (DateTimeException | ArithmeticException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      return limit > 0 && limit <= MOST_TRACES ? Optional.of(limit) : Optional.empty();
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<Pin.Kind> kind(String text) {
    for (Pin.Kind kind : Pin.Kind.values()) {
      if (org.spillway.control.SiteControl.word(kind).equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
