package org.spillway.auth.spf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.auth.IpBits;
import org.spillway.auth.spf.SpfResult.Word;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;

/** One check_host() with all its includes and redirects (RFC 7208 §4); used once. */
final class Evaluation {
  /**
   * What a domain's record said.
   *
   * @param explanation the exp modifier of the record that decided
   * @param domain whose record decided
   */
  record Said(Word word, SpfCause cause, Optional<MacroText> explanation, String domain) {
    static Said of(Word word, SpfCause cause, String domain) {
      return new Said(word, cause, Optional.empty(), domain);
    }
  }

  /** Whether a mechanism matched. */
  private sealed interface Match {
    /** It did. */
    record Yes(List<SpfCause.Hit> inner) implements Match {}

    /** It did not. */
    record No() implements Match {}

    /** The whole check ends here. */
    record End(Word word, SpfCause cause) implements Match {}
  }

  /** A directive of the record of a domain. */
  private record Place(String domain, Directive directive, MacroValues values) {
    SpfCause.OverLimit over(String what) {
      return new SpfCause.OverLimit(domain, directive.text(), what);
    }
  }

  private static final Match YES = new Match.Yes(List.of());
  private static final Match NO = new Match.No();
  private static final int MOST_MX = 10; // RFC 7208 §4.6.4

  private final Spf spf;
  private final Questions dns;
  private final Subject subject;
  private final Pointers pointers;
  private final List<String> path = new ArrayList<>(2);
  private int lookups;
  private int voids;

  Evaluation(Spf spf, Questions dns, Subject subject) {
    this.spf = spf;
    this.dns = dns;
    this.subject = subject;
    this.pointers = new Pointers(dns, subject);
  }

  List<String> path() {
    return path;
  }

  int lookups() {
    return lookups;
  }

  MacroValues values(String domain) {
    return new MacroValues(subject, domain, pointers, spf.settings().host(), spf.clock());
  }

  /** The record of a domain, looked up, selected and evaluated (§4.4 to §4.7). */
  Said check(String domain, String step) {
    path.add(step);
    return switch (dns.txt(domain)) {
      case Answer.Failed<String>(String why) -> // §4.4
          Said.of(Word.TEMPERROR, new SpfCause.DnsFailed("txt " + domain, why), domain);
      case Answer.Absent<String> _ -> Said.of(Word.NONE, new SpfCause.NoRecord(domain), domain);
      case Answer.Found<String>(List<String> texts, boolean _) -> select(domain, texts);
    };
  }

  private Said select(String domain, List<String> texts) { // §4.5
    String chosen = "";
    int count = 0;
    for (String text : texts) {
      if (SpfRecord.isSpf(text)) {
        chosen = text;
        count++;
      }
    }
    if (count == 0) {
      return Said.of(Word.NONE, new SpfCause.NoRecord(domain), domain);
    }
    if (count > 1) {
      return Said.of(Word.PERMERROR, new SpfCause.SeveralRecords(domain, count), domain);
    }
    return switch (spf.records().read(chosen)) {
      case SpfRecord.Parsed.Bad(int at, String why) -> // §4.6: before any mechanism is tried
          Said.of(Word.PERMERROR, new SpfCause.BadRecord(domain, at, why), domain);
      case SpfRecord.Parsed.Good(SpfRecord record) -> evaluate(domain, record);
    };
  }

  private Said evaluate(String domain, SpfRecord record) {
    MacroValues values = values(domain);
    for (Directive directive : record.directives()) {
      switch (match(new Place(domain, directive, values))) {
        case Match.No _ -> {} // §4.6.2: the next one
        case Match.Yes(List<SpfCause.Hit> inner) -> {
          List<SpfCause.Hit> hits = new ArrayList<>(inner.size() + 1);
          hits.add(new SpfCause.Hit(domain, directive.text()));
          hits.addAll(inner);
          SpfCause cause = new SpfCause.Matched(hits);
          return new Said(directive.result(), cause, record.explanation(), domain);
        }
        case Match.End(Word word, SpfCause cause) -> {
          return Said.of(word, cause, domain);
        }
      }
    }
    return record.redirect().isPresent()
        ? redirect(record.redirect().get(), values)
        : Said.of(Word.NEUTRAL, new SpfCause.NothingMatched(domain), domain); // §4.7
  }

  private Said redirect(MacroText target, MacroValues values) { // §6.1
    String domain = values.domain();
    String term = "redirect=" + target;
    if (++lookups > spf.settings().lookups()) {
      return Said.of(
          Word.PERMERROR, new SpfCause.OverLimit(domain, term, tooManyLookups()), domain);
    }
    Optional<String> next = checkable(target, values);
    Said said =
        next.isPresent()
            ? check(next.get(), "redirect=" + next.get())
            : Said.of(Word.NONE, new SpfCause.DeadEnd(domain, term), domain);
    return said.word() == Word.NONE
        ? Said.of(Word.PERMERROR, new SpfCause.DeadEnd(domain, term), domain)
        : said;
  }

  private static Optional<String> checkable(MacroText target, MacroValues values) {
    return target.host(values).flatMap(HostName::checkable);
  }

  private Match match(Place place) {
    return switch (place.directive().mechanism()) {
      case Mechanism.All _ -> YES;
      case Mechanism.Ip(IpBits base, int prefix) ->
          subject.bits().isWithin(base, prefix) ? YES : NO;
      case Mechanism asking ->
          ++lookups > spf.settings().lookups() // §4.6.4
              ? new Match.End(Word.PERMERROR, place.over(tooManyLookups()))
              : ask(place, asking);
    };
  }

  private String tooManyLookups() {
    return "more than " + spf.settings().lookups() + " terms ask the DNS";
  }

  private Match ask(Place place, Mechanism mechanism) {
    MacroValues values = place.values();
    return switch (mechanism) {
      case Mechanism.All _, Mechanism.Ip _ -> throw new IllegalStateException("asks nothing");
      case Mechanism.Include(MacroText domain) -> include(place, checkable(domain, values));
      case Mechanism.A(Optional<MacroText> domain, Mechanism.Prefixes prefixes) ->
          target(domain, values).map(host -> a(place, host, prefixes)).orElse(NO);
      case Mechanism.Mx(Optional<MacroText> domain, Mechanism.Prefixes prefixes) ->
          target(domain, values).map(name -> mx(place, name, prefixes)).orElse(NO);
      case Mechanism.Ptr(Optional<MacroText> domain) ->
          target(domain, values).map(name -> ptr(place, name)).orElse(NO);
      case Mechanism.Exists(MacroText domain) ->
          domain.host(values).map(host -> exists(place, host)).orElse(NO);
    };
  }

  /** §4.8; a name that cannot be asked for does not match. */
  private static Optional<String> target(Optional<MacroText> domain, MacroValues values) {
    return domain.isPresent() ? domain.get().host(values) : Optional.of(values.domain());
  }

  private Match include(Place place, Optional<String> domain) { // §5.2
    SpfCause deadEnd = new SpfCause.DeadEnd(place.domain(), place.directive().text());
    if (domain.isEmpty()) {
      return new Match.End(Word.PERMERROR, deadEnd);
    }
    Said said = check(domain.get(), "include:" + domain.get());
    return switch (said.word()) {
      case PASS ->
          said.cause() instanceof SpfCause.Matched(List<SpfCause.Hit> hits)
              ? new Match.Yes(hits)
              : YES;
      case FAIL, SOFTFAIL, NEUTRAL -> NO;
      case TEMPERROR -> new Match.End(Word.TEMPERROR, said.cause());
      case PERMERROR -> new Match.End(Word.PERMERROR, said.cause());
      case NONE -> new Match.End(Word.PERMERROR, deadEnd);
    };
  }

  private Match a(Place place, String host, Mechanism.Prefixes prefixes) { // §5.3
    return switch (dns.addresses(host, subject.bits())) {
      case Answer.Failed<InetAddress>(String why) -> failed("address " + host, why);
      case Answer.Absent<InetAddress> _ -> empty(place);
      case Answer.Found<InetAddress>(List<InetAddress> found, boolean _) ->
          isAmong(found, prefixes) ? YES : NO;
    };
  }

  private boolean isAmong(List<InetAddress> addresses, Mechanism.Prefixes prefixes) {
    int prefix = subject.bits().four() ? prefixes.four() : prefixes.six();
    for (InetAddress address : addresses) {
      if (subject.bits().isWithin(IpBits.of(address), prefix)) {
        return true;
      }
    }
    return false;
  }

  private Match mx(Place place, String name, Mechanism.Prefixes prefixes) { // §5.4
    return switch (dns.mx(name)) {
      case Answer.Failed<Dns.Mx>(String why) -> failed("mx " + name, why);
      case Answer.Absent<Dns.Mx> _ -> empty(place);
      case Answer.Found<Dns.Mx>(List<Dns.Mx> hosts, boolean _) ->
          hosts.size() > MOST_MX // §4.6.4: whichever of them would have matched
              ? new Match.End(Word.PERMERROR, place.over("more than " + MOST_MX + " MX records"))
              : hosts(place, hosts, prefixes);
    };
  }

  private Match hosts(Place place, List<Dns.Mx> hosts, Mechanism.Prefixes prefixes) {
    boolean any = false;
    for (Dns.Mx mx : hosts) {
      Optional<String> host = HostName.askable(mx.host());
      if (host.isEmpty()) {
        continue; // RFC 7505: the null MX has no address
      }
      switch (dns.addresses(host.get(), subject.bits())) {
        case Answer.Failed<InetAddress>(String why) -> {
          return failed("address " + host.get(), why);
        }
        case Answer.Absent<InetAddress> _ -> {}
        case Answer.Found<InetAddress>(List<InetAddress> found, boolean _) -> {
          if (isAmong(found, prefixes)) {
            return YES;
          }
          any = true;
        }
      }
    }
    return any ? NO : empty(place);
  }

  private Match ptr(Place place, String domain) { // §5.5
    if (pointers.isAbsent()) {
      return empty(place);
    }
    return pointers.isWithin(domain) ? YES : NO;
  }

  private Match exists(Place place, String host) { // §5.7: A, whatever the client's family
    return switch (dns.a(host)) {
      case Answer.Failed<InetAddress>(String why) -> failed("a " + host, why);
      case Answer.Absent<InetAddress> _ -> empty(place);
      case Answer.Found<InetAddress> _ -> YES;
    };
  }

  private static Match failed(String question, String why) { // §5
    return new Match.End(Word.TEMPERROR, new SpfCause.DnsFailed(question, why));
  }

  /** §4.6.4: terms are counted, not questions; an mx is void when none of its hosts has any. */
  private Match empty(Place place) {
    return ++voids > spf.settings().voids()
        ? new Match.End(
            Word.PERMERROR,
            place.over("more than " + spf.settings().voids() + " terms have an empty answer"))
        : NO;
  }
}
