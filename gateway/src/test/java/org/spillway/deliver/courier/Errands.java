package org.spillway.deliver.courier;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spillway.deliver.Courier;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.Road;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Body;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.mail.Secret;
import org.spillway.policy.Decision;
import org.spillway.policy.TlsFloor;
import org.spillway.route.HealthSettings;
import org.spillway.route.Hop;
import org.spillway.route.HostObserver;
import org.spillway.route.HostPort;
import org.spillway.route.Site;
import org.spillway.route.SiteLimits;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;
import org.spillway.testing.FakeDns;
import org.spillway.testing.FakePeer;

/** A courier, and what the tests send it with. */
final class Errands implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
  static final String MESSAGE = "From: a@example.com\r\nSubject: x\r\n\r\n.hello\r\n";

  final FakeDns dns = new FakeDns();
  final List<String> seen = new CopyOnWriteArrayList<>();
  final List<String> dots = new CopyOnWriteArrayList<>();
  final SmtpCourier courier;

  Errands() {
    this(world -> world);
  }

  Errands(UnaryOperator<CourierWorld> change) {
    HostObserver observer =
        new HostObserver() {
          @Override
          public void good(Hop hop, String reply) {
            seen.add("good");
          }

          @Override
          public void bad(Hop hop, String step, String why) {
            seen.add("bad " + step);
          }

          @Override
          public void overloaded(Hop hop, String why) {
            seen.add("overloaded");
          }
        };
    courier =
        new SmtpCourier(
            change.apply(
                new CourierWorld(
                    "gw.example.com",
                    new Self(Set.of("gw.example.com"), Set.of(InetAddress.ofLiteral("192.0.2.9"))),
                    25,
                    dns,
                    new Random(7),
                    ReplyRules.builtIn(),
                    TraceStamp.NONE,
                    (site, _) -> site.hosts(),
                    observer,
                    Road.plain(InstantSource.fixed(NOW)))));
  }

  @Override
  public void close() {
    courier.close();
  }

  /** Sends to every recipient of the entry. */
  Map<Integer, Outcome> send(Site site, Entry entry) {
    return send(site, Optional.empty(), entry);
  }

  Map<Integer, Outcome> send(Site site, Optional<Domain> destination, Entry entry) {
    List<Integer> all = IntStream.range(0, entry.standings().size()).boxed().toList();
    return courier.attempt(site, destination, entry, all, dots::add);
  }

  Map<Integer, Outcome> send(Site site, Entry entry, Courier.FinalDot note) {
    return courier.attempt(site, Optional.empty(), entry, List.of(0), note);
  }

  static Site.ClientTimeouts timeouts(Duration each, Duration idle) {
    return new Site.ClientTimeouts(each, each, each, each, each, each, idle);
  }

  static final Site.ClientTimeouts PATIENT =
      timeouts(Duration.ofSeconds(20), Duration.ofSeconds(30));
  static final Site.ClientTimeouts HASTY = timeouts(Duration.ofMillis(200), Duration.ofSeconds(30));

  /** The site of those peers. */
  static Site site(Site.Kind kind, FakePeer... peers) {
    return new Site(
        new SiteName("there"),
        kind,
        Stream.of(peers).map(p -> new HostPort("127.0.0.1", p.port())).toList(),
        Site.Balance.ORDERED,
        new Site.Tls(TlsFloor.NONE, false, Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        EnumSet.allOf(Direction.class),
        Set.of(),
        Set.of(),
        true,
        Optional.empty(),
        Optional.empty(),
        true,
        SiteLimits.DEFAULT,
        PATIENT,
        HealthSettings.DEFAULT);
  }

  static Site with(Site s, TlsFloor floor, Optional<Path> ca, Optional<String> name) {
    return with(s, new Site.Tls(floor, s.tls().implicit(), ca, name), s.login(), s.timeouts());
  }

  static Site with(Site s, Site.ClientTimeouts timeouts) {
    return with(s, s.tls(), s.login(), timeouts);
  }

  static Site withLogin(Site s, String user, String password) {
    Site.Login login = new Site.Login(user, Secret.of(password));
    return with(s, s.tls(), Optional.of(login), s.timeouts());
  }

  static Site with(Site s, Site.Tls tls, Optional<Site.Login> login, Site.ClientTimeouts timeouts) {
    return new Site(
        s.name(),
        s.kind(),
        s.hosts(),
        s.balance(),
        tls,
        login,
        s.region(),
        s.agreements(),
        s.directions(),
        s.hostsDomains(),
        s.allowedFrom(),
        s.nullSender(),
        s.sourceAddress(),
        s.helo(),
        s.preferIpv4(),
        s.limits(),
        timeouts,
        s.health());
  }

  static Site with(Site s, SiteLimits limits, HealthSettings health) {
    return new Site(
        s.name(),
        s.kind(),
        s.hosts(),
        s.balance(),
        s.tls(),
        s.login(),
        s.region(),
        s.agreements(),
        s.directions(),
        s.hostsDomains(),
        s.allowedFrom(),
        s.nullSender(),
        s.sourceAddress(),
        s.helo(),
        s.preferIpv4(),
        limits,
        s.timeouts(),
        health);
  }

  /** A message of that content to those recipients. */
  static Entry entry(String content, String... recipients) {
    return entry(content, Optional.of("a@example.com"), recipients);
  }

  static Entry entry(String content, Optional<String> from, String... recipients) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return entry(content(bytes), facts(content, false), envelope(from, false, recipients));
  }

  static Envelope envelope(Optional<String> from, boolean utf8, String... recipients) {
    return new Envelope(
        new ReversePath(from.map(Errands::address)),
        Stream.of(recipients).map(Errands::address).map(Recipient::of).toList(),
        Body.EIGHTBITMIME,
        utf8,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  static Entry entry(Content content, ContentFacts facts, Envelope envelope) {
    int count = envelope.recipients().size();
    List<Disposition> standings = new ArrayList<>();
    List<Direction> directions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      standings.add(Disposition.Waiting.fresh(NOW));
      directions.add(Direction.INBOUND);
    }
    Arrival arrival =
        new Arrival(
            NOW,
            InetAddress.ofLiteral("192.0.2.1"),
            4711,
            "client.test",
            true,
            Optional.empty(),
            Optional.empty(),
            "public");
    return new Entry(
        EntryId.next(NOW, new Random(1)),
        arrival,
        Direction.INBOUND,
        envelope,
        facts,
        Decision.unconstrained(directions),
        standings,
        content);
  }

  static Content content(byte[] bytes) {
    return new Content() {
      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public java.io.InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  static ContentFacts facts(String content, boolean signed) {
    int body = content.indexOf("\r\n\r\n") + 4;
    boolean eight = content.substring(body).chars().anyMatch(c -> c > 127);
    boolean eightHead = content.substring(0, body).chars().anyMatch(c -> c > 127);
    return new ContentFacts(
        content.length(),
        body,
        "",
        0,
        eight,
        eightHead,
        signed,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }
}
