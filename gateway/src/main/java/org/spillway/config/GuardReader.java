package org.spillway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.spillway.guard.Action;
import org.spillway.guard.GuardSettings;
import org.spillway.guard.GuardSettings.EarlyTalkers;
import org.spillway.guard.dnslist.CodeMask;
import org.spillway.guard.dnslist.DnsList;
import org.spillway.guard.grey.GreySettings;
import org.spillway.guard.rate.RateLimit;

/** {@code guard}, and which listeners are monitored. */
final class GuardReader {
  private static final GuardSettings D = GuardSettings.DEFAULT;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Form<CodeMask> CODE =
      new Form<>("a list's answer", "127.0.0.2 or 127.0.0.4-11", CodeMask::parse);
  private static final Form<Integer> WEIGHT =
      new Form<>(
          "a whole number",
          "5 or -5",
          t -> t.matches("-?[0-9]{1,4}") ? Optional.of(Integer.valueOf(t)) : Optional.empty());

  private final Section root;
  private final Section guard;

  GuardReader(Section root) {
    this.root = root;
    this.guard = root.section("guard");
  }

  /** Listeners on which nothing is refused. */
  Set<String> monitored() {
    Set<String> names = new TreeSet<>();
    root.named("listeners")
        .forEach(
            (name, listener) -> {
              if (listener.flag("monitor", false)) {
                names.add(name);
              }
            });
    return names;
  }

  GuardSettings guard() {
    return new GuardSettings(
        earlyTalkers(guard.section("early-talkers")),
        helo(guard.section("helo")),
        reverse(guard.section("reverse-name")),
        dnsLists(guard.section("dns-lists")),
        greylist(guard.section("greylist")),
        guard.has("rates") ? rates() : D.rates(),
        guard.number("rate-keys", D.rateKeys()),
        crowds(guard.section("recipients")),
        tarpit(guard.section("tarpit")),
        ownDomains(guard.section("own-domains")),
        lists(),
        senders());
  }

  private static Action action(Section section, String key, Action standard) {
    return section.choice(key, Action.class).orElse(standard);
  }

  private static EarlyTalkers earlyTalkers(Section s) {
    EarlyTalkers d = D.earlyTalkers();
    return new EarlyTalkers(
        s.choice("wait", EarlyTalkers.Wait.class).orElse(d.waits()),
        wait(s, "time", d.time()),
        action(s, "banner", d.banner()),
        action(s, "commands", d.commands()));
  }

  /** Clients wait for a reply for minutes, and a wait ties a session. */
  private static Duration wait(Section s, String key, Duration standard) {
    Duration wait = s.duration(key, standard);
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      s.problem(key, "is longer than 60s", "use for example 6s");
    }
    return wait;
  }

  private static GuardSettings.Helo helo(Section s) {
    GuardSettings.Helo d = D.helo();
    return new GuardSettings.Helo(
        action(s, "syntax", d.syntax()),
        action(s, "literal", d.literal()),
        action(s, "ours", d.ours()),
        action(s, "unresolvable", d.unresolvable()));
  }

  private static GuardSettings.Reverse reverse(Section s) {
    GuardSettings.Reverse d = D.reverse();
    return new GuardSettings.Reverse(
        action(s, "missing", d.missing()), action(s, "unconfirmed", d.unconfirmed()));
  }

  private static GuardSettings.DnsListing dnsLists(Section s) {
    GuardSettings.DnsListing d = D.dnsLists();
    List<DnsList> lists = new ArrayList<>();
    for (Section list : s.listed("lists")) {
      Optional<String> zone = list.required("zone", Form.DOMAIN).map(domain -> domain.name());
      int weight = list.required("weight", WEIGHT).orElse(0);
      List<CodeMask> codes = list.list("codes", CODE);
      zone.ifPresent(name -> lists.add(new DnsList(name, weight, codes)));
    }
    return new GuardSettings.DnsListing(
        lists,
        positive(s, "timeout", d.timeout()),
        s.number("refuse-at", d.refuseAt()),
        s.number("defer-at", d.deferAt()),
        s.number("greylist-at", d.greylistAt()),
        s.number("tarpit-at", d.tarpitAt()));
  }

  private static Duration positive(Section s, String key, Duration standard) {
    Duration time = s.duration(key, standard);
    if (time.isZero()) {
      s.problem(key, "is nothing", "use for example 3s");
      return standard;
    }
    return time;
  }

  private static GreySettings greylist(Section s) {
    GreySettings d = GreySettings.DEFAULT;
    GreySettings read =
        new GreySettings(
            s.choice("when", GreySettings.When.class).orElse(d.when()),
            s.duration("delay", d.delay()),
            s.duration("retry-within", d.retryWithin()),
            s.duration("keep", d.keep()),
            s.number("ipv4-prefix", d.ipv4Prefix()),
            s.number("ipv6-prefix", d.ipv6Prefix()),
            s.number("allow-after", d.allowAfter()),
            s.number("entries", d.entries()));
    if (read.delay().compareTo(read.retryWithin()) >= 0) {
      s.problem("delay", "is no shorter than retry-within, so that nobody passes", "use 1m");
    } else if (read.delay().compareTo(Duration.ofHours(1)) > 0) {
      s.warn("delay", "is over an hour, and some senders give up sooner", "use 1m to 5m");
    }
    return read;
  }

  private List<RateLimit> rates() {
    List<RateLimit> limits = new ArrayList<>();
    for (Section s : guard.listed("rates")) {
      Optional<RateLimit.By> by = s.required("by", Section.words(RateLimit.By.class));
      Duration per = positive(s, "per", Duration.ofHours(1));
      if (!s.hasAny("messages", "recipients", "bytes")) {
        s.problem("by", "limits nothing", "add messages, recipients or bytes");
      }
      by.ifPresent(b -> limits.addAll(limits(s, b, per)));
    }
    return limits;
  }

  private static List<RateLimit> limits(Section s, RateLimit.By by, Duration per) {
    List<RateLimit> limits = new ArrayList<>();
    add(limits, by, RateLimit.Of.MESSAGES, s.longs("messages"), per);
    add(limits, by, RateLimit.Of.RECIPIENTS, s.longs("recipients"), per);
    add(limits, by, RateLimit.Of.BYTES, s.size("bytes"), per);
    return limits;
  }

  private static void add(
      List<RateLimit> to, RateLimit.By by, RateLimit.Of of, OptionalLong most, Duration per) {
    most.ifPresent(n -> to.add(new RateLimit(by, of, n, per)));
  }

  private static GuardSettings.Crowds crowds(Section s) {
    GuardSettings.Crowds d = D.crowds();
    return new GuardSettings.Crowds(
        s.number("null-sender", d.nullSender()),
        action(s, "null-sender-action", d.nullAction()),
        s.number("many", d.many()),
        action(s, "many-action", d.manyAction()));
  }

  private static GuardSettings.TarpitSettings tarpit(Section s) {
    GuardSettings.TarpitSettings d = D.tarpit();
    return new GuardSettings.TarpitSettings(
        wait(s, "delay", d.delay()), s.number("sessions", d.sessions()));
  }

  private static GuardSettings.OwnDomains ownDomains(Section s) {
    GuardSettings.OwnDomains d = D.ownDomains();
    return new GuardSettings.OwnDomains(
        action(s, "envelope", d.envelope()), action(s, "header", d.header()));
  }

  private Optional<Path> lists() {
    Optional<Path> file = guard.file("lists");
    file.ifPresent(
        path ->
            NamedFiles.text(guard, "lists", path)
                .ifPresent(text -> new LineFiles(root.reading()).accessList(path, text)));
    return file;
  }

  private Optional<Path> senders() {
    Optional<Path> file = guard.file("senders");
    file.ifPresent(
        path ->
            NamedFiles.text(guard, "senders", path)
                .ifPresent(text -> new LineFiles(root.reading()).senders(path, text)));
    return file;
  }
}
