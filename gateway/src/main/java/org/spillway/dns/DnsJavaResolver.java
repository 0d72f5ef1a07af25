package org.spillway.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.spillway.dns.upstream.Deadline;
import org.spillway.dns.upstream.Heard;
import org.spillway.dns.upstream.ServerAddress;
import org.spillway.dns.upstream.ServerHealth;
import org.spillway.dns.upstream.Upstream;
import org.spillway.dns.upstream.Upstreams;
import org.spillway.mail.Domain;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * The DNS through recursive resolvers: answers kept for their TTL, one question for all who ask it
 * at once, several servers with their health, and DNSSEC as the settings say. Needs no closing.
 */
public final class DnsJavaResolver implements Dns {
  private static final int MAX_ADDRESSES = 64;
  private static final Duration STALE_FOR = Duration.ofSeconds(30); // RFC 8767 §5
  private static final long ENTRY_BYTES = 200;

  private final DnsSettings settings;
  private final LongSupplier nanos;
  private final Upstreams servers;
  private final Lookup lookup;
  private final AnswerCache<Answer<?>> cache;
  private final Sharing<Answer<?>> sharing = new Sharing<>();
  private final HostsFileParser hosts;
  private final LongAdder asked = new LongAdder();
  private final LongAdder cached = new LongAdder();
  private final LongAdder joined = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * Opens no socket yet.
   *
   * @param clock for the dates of signatures
   * @param nanos elapsed time, as {@code System.nanoTime} gives it
   * @throws IllegalArgumentException when the settings have {@link DnsSettings#problems}
   */
  public DnsJavaResolver(DnsSettings settings, InstantSource clock, LongSupplier nanos) {
    this(settings, clock, nanos, servers(settings, nanos));
  }

  private DnsJavaResolver(
      DnsSettings settings, InstantSource clock, LongSupplier nanos, Upstreams servers) {
    this(settings, nanos, servers, new Lookup(source(settings, clock, nanos, servers), clock));
  }

  /** With answers from anywhere. */
  DnsJavaResolver(DnsSettings settings, LongSupplier nanos, Upstreams servers, Lookup lookup) {
    this.settings = settings;
    this.nanos = nanos;
    this.servers = servers;
    this.lookup = lookup;
    cache = new AnswerCache<>(settings.caching().entries(), nanos);
    hosts = settings.hosts().map(HostsFileParser::new).orElseGet(HostsFileParser::new);
  }

  private static Upstreams servers(DnsSettings settings, LongSupplier nanos) {
    if (!settings.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", settings.problems()));
    }
    boolean system = settings.servers().isEmpty();
    List<InetSocketAddress> addresses =
        system
            ? ResolverConfig.getCurrentConfig().servers()
            : settings.servers().stream().map(s -> ServerAddress.parse(s).orElseThrow()).toList();
    return new Upstreams(
        addresses.stream()
            .filter(address -> !address.isUnresolved())
            .filter(
                address ->
                    settings.validation() != DnsSettings.Validation.TRUST_AD
                        || settings.trusts(address))
            .map(
                address ->
                    new Upstream(
                        address,
                        settings.timeout(),
                        new ServerHealth(settings.rest(), settings.timeout(), nanos)))
            .toList());
  }

  private static Source source(
      DnsSettings settings, InstantSource clock, LongSupplier nanos, Upstreams servers) {
    return switch (settings.validation()) {
      case OFF -> new PlainSource(servers::ask, false);
      case TRUST_AD -> new PlainSource(servers::ask, true);
      case VALIDATE ->
          new ProvingSource(new KeyQuestions(servers::ask, nanos), settings.anchors(), clock);
    };
  }

  /** What was asked so far, and how the servers are. */
  public DnsStatus status() {
    return new DnsStatus(
        asked.sum(),
        cached.sum(),
        joined.sum(),
        stale.sum(),
        failed.sum(),
        cache.size(),
        servers.status());
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    return ask(domain.name(), Reading.MX);
  }

  @Override
  public Answer<InetAddress> addresses(String host) {
    List<InetAddress> listed = hosts(host);
    if (!listed.isEmpty()) {
      return new Answer.Found<>(listed, false);
    }
    Answer<InetAddress> four = a(host);
    Answer<InetAddress> six = aaaa(host);
    List<InetAddress> all = new ArrayList<>();
    boolean secure = true;
    for (Answer<InetAddress> answer : List.of(four, six)) {
      if (answer instanceof Answer.Found<InetAddress>(List<InetAddress> some, boolean proved)) {
        all.addAll(some);
        secure &= proved;
      }
    }
    if (!all.isEmpty()) {
      return new Answer.Found<>(all.subList(0, Math.min(all.size(), MAX_ADDRESSES)), secure);
    }
    return four instanceof Answer.Failed<InetAddress> ? four : merge(four, six);
  }

  /** None of either kind: the name exists when one of the two answers says so. */
  private static Answer<InetAddress> merge(Answer<InetAddress> a, Answer<InetAddress> b) {
    if (b instanceof Answer.Failed<InetAddress>) {
      return b;
    }
    return a instanceof Answer.Absent<InetAddress>(boolean exists) && exists ? a : b;
  }

  private List<InetAddress> hosts(String host) {
    List<InetAddress> listed = new ArrayList<>();
    Optional<Name> name = Question.of(host, Type.A).wire();
    if (name.isPresent()) {
      try {
        hosts.getAddressForHost(name.get(), Type.A).ifPresent(listed::add);
        hosts.getAddressForHost(name.get(), Type.AAAA).ifPresent(listed::add);
      } catch (IOException | RuntimeException unreadable) {
        return List.of(); // then only the DNS counts
      }
    }
    return listed;
  }

  @Override
  public Answer<InetAddress> a(String host) {
    return ask(host, Reading.A);
  }

  @Override
  public Answer<InetAddress> aaaa(String host) {
    return ask(host, Reading.AAAA);
  }

  @Override
  public Answer<Tlsa> tlsa(String name) {
    return ask(name, Reading.TLSA);
  }

  @Override
  public Answer<String> cname(String name) {
    return ask(name, Reading.CNAME);
  }

  @Override
  public Answer<String> txt(String name) {
    return ask(name, Reading.TXT);
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return ask(ReverseMap.fromAddress(address).toString(true), Reading.PTR);
  }

  @SuppressWarnings("unchecked") // what is kept or shared under a question was read as its type
  private <T> Answer<T> ask(String name, Reading<?, T> reading) {
    Question question = Question.of(name, reading.type());
    Optional<Answer<?>> known = cache.fresh(question);
    if (known.isPresent()) {
      cached.increment();
      return (Answer<T>) known.get();
    }
    Deadline deadline = Deadline.ofLookup(settings.budget(), nanos);
    return (Answer<T>)
        switch (sharing.ask(question, deadline, () -> fetch(question, reading, deadline))) {
          case Sharing.Got.Own<Answer<?>>(Answer<?> answer) -> answer;
          case Sharing.Got.Joined<Answer<?>>(Answer<?> answer) -> {
            joined.increment();
            yield answer;
          }
          case Sharing.Got.TooLate<Answer<?>> _ -> {
            failed.increment();
            yield new Answer.Failed<>(
                Heard.plain(question + ": no answer within the look-up's budget"));
          }
        };
  }

  private <T> Answer<?> fetch(Question question, Reading<?, T> reading, Deadline deadline) {
    asked.increment();
    return switch (looked(question, deadline)) {
      case Lookup.Result.Records(List<Record> records, boolean secure, Lookup.Keep keep) -> {
        List<T> values = reading.values(records);
        Answer<T> answer =
            values.isEmpty() ? new Answer.Absent<>(true) : new Answer.Found<>(values, secure);
        keep(question, answer, keep, settings.caching().maxTtl());
        yield answer;
      }
      case Lookup.Result.None(boolean nameExists, Lookup.Keep keep) -> {
        Answer<T> answer = new Answer.Absent<>(nameExists);
        keep(question, answer, keep, settings.caching().maxNegativeTtl());
        yield answer;
      }
      case Lookup.Result.Failure(String why, boolean bogus) -> failure(question, why, bogus);
    };
  }

  private Lookup.Result looked(Question question, Deadline deadline) {
    try {
      return lookup.ask(question, deadline);
    } catch (RuntimeException odd) { // a stranger's bytes, read by a library
      return new Lookup.Result.Failure(Heard.plain(odd.toString()), false);
    }
  }

  private void keep(Question question, Answer<?> answer, Lookup.Keep keep, Duration most) {
    Duration fresh = Duration.ofSeconds(Math.min(keep.ttlSeconds(), most.toSeconds()));
    Duration stale =
        mayServeStale(question, answer) ? settings.caching().staleFor() : Duration.ZERO;
    cache.put(question, answer, new AnswerCache.Life(fresh, stale, keep.bytes() + ENTRY_BYTES));
  }

  /** Not what was proved, and no TLSA: an outage must not turn a proved road into a plain one. */
  private static boolean mayServeStale(Question question, Answer<?> answer) {
    boolean proved = answer instanceof Answer.Found<?>(List<?> _, boolean secure) && secure;
    return question.type() != Type.TLSA && !proved;
  }

  private Answer<?> failure(Question question, String why, boolean bogus) {
    Optional<Answer<?>> old = bogus ? Optional.empty() : cache.stale(question); // RFC 8767 §4
    if (old.isPresent()) {
      stale.increment();
      cache.freshen(question, STALE_FOR);
      return old.get();
    }
    failed.increment();
    Answer<?> answer = new Answer.Failed<>(Heard.plain(question + ": " + why));
    Duration fresh = settings.caching().failureTtl(); // RFC 9520 §3.2
    cache.put(question, answer, new AnswerCache.Life(fresh, Duration.ZERO, ENTRY_BYTES));
    return answer;
  }
}
