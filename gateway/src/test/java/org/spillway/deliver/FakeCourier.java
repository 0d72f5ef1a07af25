package org.spillway.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Reply;
import org.spillway.route.Hop;
import org.spillway.route.HostObserver;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.spool.Entry;

/** A courier to servers that exist in the test only. */
final class FakeCourier implements Courier {
  /** How a server of the test behaves. */
  enum Mood {
    WELL,
    REFUSES,
    BLACK_HOLE,
    STORE_DOWN,
    CUTS_AFTER_FINAL_DOT
  }

  /** One server. */
  static final class Server {
    Mood mood = Mood.WELL;
    Duration takes = Duration.ofMillis(50);
    int connectionsWelcome = Integer.MAX_VALUE;
    Optional<Function<Transaction, Outcome>> script = Optional.empty();
    int open;
    int mostOpen;
    final List<Taken> taken = new ArrayList<>();
    final List<List<Integer>> transactions = new ArrayList<>();
    int attempts;

    void script(Function<Transaction, Outcome> next) {
      script = Optional.of(next);
    }
  }

  /**
   * What a script sees: which recipient, its place in the transaction, how many attempts by now.
   */
  record Transaction(Entry entry, int recipient, int place, int attempts) {}

  /** A recipient that a server took. */
  record Taken(EntryId id, int recipient, long tick) {}

  private final World world;
  private final HostObserver observer;
  private final Map<SiteName, Server> servers = new HashMap<>();
  private final Map<Domain, Server> destinations = new HashMap<>();

  /** Where each recipient's outcome was lost, by message and index. */
  final Map<String, SiteName> unknownAt = new HashMap<>();

  /** Looks at every attempt as it begins. */
  Watch watch = (site, entry, recipients) -> {};

  /** Somebody who looks at attempts. */
  interface Watch {
    void begins(Site site, Entry entry, List<Integer> recipients);
  }

  FakeCourier(World world, HostObserver observer) {
    this.world = world;
    this.observer = observer;
  }

  Server server(String site) {
    return servers.computeIfAbsent(new SiteName(site), s -> new Server());
  }

  Server destination(String domain) {
    return destinations.computeIfAbsent(new Domain(domain), d -> new Server());
  }

  @Override
  public Map<Integer, Outcome> attempt(
      Site site,
      Optional<Domain> destination,
      Entry entry,
      List<Integer> recipients,
      FinalDot note) {
    Server server =
        destination.map(d -> destination(d.name())).orElseGet(() -> server(site.name().text()));
    Hop hop = hop(site, destination);
    watch.begins(site, entry, recipients);
    server.attempts++;
    server.open++;
    server.mostOpen = Math.max(server.mostOpen, server.open);
    try {
      Map<Integer, Outcome> outcomes =
          talk(new Talk(server, hop, site.isOurs(), entry, recipients), note);
      outcomes.forEach(
          (i, outcome) -> {
            if (outcome instanceof Outcome.Unknown) {
              unknownAt.put(entry.id() + "/" + i, site.name());
            }
          });
      return outcomes;
    } finally {
      server.open--;
    }
  }

  private record Talk(Server server, Hop hop, boolean ours, Entry entry, List<Integer> recipients) {
    Map<Integer, Outcome> all(Outcome outcome) {
      Map<Integer, Outcome> outcomes = new HashMap<>();
      recipients.forEach(i -> outcomes.put(i, outcome));
      return outcomes;
    }
  }

  private static Hop hop(Site site, Optional<Domain> destination) {
    return destination.isPresent()
        ? new Hop(site.name(), "mx." + destination.get(), destination)
        : Hop.of(site.name(), site.hosts().getFirst());
  }

  private Map<Integer, Outcome> talk(Talk talk, FinalDot note) {
    Server server = talk.server();
    String host = talk.hop().host();
    boolean tooMany = server.open > server.connectionsWelcome;
    Duration takes =
        switch (server.mood) {
          case WELL, STORE_DOWN, CUTS_AFTER_FINAL_DOT -> server.takes;
          case REFUSES -> Duration.ofMillis(1);
          case BLACK_HOLE -> Duration.ofSeconds(30);
        };
    world.rest(takes);
    return switch (server.mood) {
      case REFUSES, BLACK_HOLE -> unreachable(talk);
      case STORE_DOWN -> talk.all(deferred(host, "451 4.3.0", "store is down", new Effect.None()));
      case CUTS_AFTER_FINAL_DOT -> cut(talk, note);
      case WELL ->
          tooMany
              ? talk.all(deferred(host, "421 4.3.2", "too many", new Effect.Overload()))
              : take(talk, note);
    };
  }

  static Outcome deferred(String hop, String code, String text, Effect effect) {
    return new Outcome.Deferred(hop, reply(code, text), effect);
  }

  static Outcome failed(String hop, String code, String text, Effect effect) {
    return new Outcome.Failed(hop, reply(code, text), effect);
  }

  private static Reply reply(String code, String text) {
    return Reply.of(Integer.parseInt(code.substring(0, 3)), code.substring(4), text);
  }

  private Map<Integer, Outcome> unreachable(Talk talk) {
    observer.bad(talk.hop(), "CONNECT", "no connection");
    return talk.all(
        new Outcome.Unreachable(talk.hop().host(), Outcome.Step.CONNECT, "no connection"));
  }

  private Map<Integer, Outcome> cut(Talk talk, FinalDot note) {
    pass(note, talk.hop());
    observer.bad(talk.hop(), "FINAL_DOT", "connection lost");
    return talk.all(new Outcome.Unknown(talk.hop().host(), "connection lost after the final dot"));
  }

  private static void pass(FinalDot note, Hop hop) {
    try {
      note.about(hop.host());
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private Map<Integer, Outcome> take(Talk talk, FinalDot note) {
    pass(note, talk.hop());
    Server server = talk.server();
    server.transactions.add(talk.recipients());
    Map<Integer, Outcome> outcomes = new HashMap<>();
    boolean good = true;
    for (int place = 0; place < talk.recipients().size(); place++) {
      int recipient = talk.recipients().get(place);
      Transaction seen = new Transaction(talk.entry(), recipient, place, server.attempts);
      Outcome outcome = server.script.map(s -> s.apply(seen)).orElseGet(() -> taken(talk));
      if (outcome instanceof Outcome.Delivered || outcome instanceof Outcome.Relayed) {
        server.taken.add(new Taken(talk.entry().id(), recipient, world.time.nanos()));
      }
      good &= !(outcome instanceof Outcome.Deferred);
      outcomes.put(recipient, outcome);
    }
    if (good) {
      observer.good(talk.hop(), "250 2.0.0 ok");
    }
    return outcomes;
  }

  private static Outcome taken(Talk talk) {
    Reply ok = Reply.of(250, "2.0.0", "ok");
    return talk.ours()
        ? new Outcome.Delivered(talk.hop().host(), ok, false)
        : new Outcome.Relayed(talk.hop().host(), ok, false);
  }

  @Override
  public Probe probe(Site site, String host) {
    Server server = server(site.name().text());
    Mood mood = server.mood;
    world.rest(mood == Mood.BLACK_HOLE ? Duration.ofSeconds(30) : Duration.ofMillis(5));
    return switch (mood) {
      case WELL, CUTS_AFTER_FINAL_DOT -> new Probe.Good(host);
      case REFUSES, BLACK_HOLE -> new Probe.Bad(host, Outcome.Step.CONNECT, "no connection");
      case STORE_DOWN -> new Probe.Bad(host, Outcome.Step.RCPT, "451 4.3.0 store is down");
    };
  }

  @Override
  public void drop(Site site) {
    // No connection is kept.
  }

  @Override
  public void close() {
    // No connection is kept.
  }
}
