package org.spillway.deliver.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.deliver.tls.StsCache.Held;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/**
 * The MTA-STS policies in force (RFC 8461 §3.3, §5.1). For every question the DNS record is looked
 * at; a policy is fetched when its id changed, and again in the background once it is a day or half
 * its life old. What cannot be fetched leaves the policy that is kept.
 *
 * <pre>
 *  record    policy kept            answer
 *  same id   alive                  the kept one
 *  other id  alive                  the fetched one; the kept one when the fetch fails
 *  any       none, or expired       the fetched one; Broken when the fetch fails
 *  none      alive                  the kept one
 *  none      none, or expired       None
 * </pre>
 */
public final class StsPolicies {
  private static final Logger LOG = LoggerFactory.getLogger(StsPolicies.class);
  private static final Duration REFRESH = Duration.ofDays(1); // RFC 8461 §3.3
  private static final Duration PAUSE = Duration.ofMinutes(5); // RFC 8461 §3.3: after a failure
  private static final int MAX_FAILURES = 10_000;

  private final Dns dns;
  private final Source source;
  private final StsCache cache;
  private final InstantSource clock;
  private final Executor background;
  private final List<ReentrantLock> locks = Stream.generate(ReentrantLock::new).limit(64).toList();
  private final Set<Domain> refreshing = ConcurrentHashMap.newKeySet();
  private final Map<Domain, Failure> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Domain, Failure> eldest) {
          return size() > MAX_FAILURES;
        }
      };

  private record Failure(String id, Instant at, TlsFault fault) {}

  /** Where policies are fetched. */
  public interface Source {
    /** Fetches one; blocks within its own limit, never throws. */
    Fetched fetch(Domain domain);
  }

  /** What a fetch came to. */
  public sealed interface Fetched {
    /** The body. */
    record Body(String text) implements Fetched {}

    /** None. */
    record Failed(TlsFault.StsFetch fault) implements Fetched {}
  }

  /**
   * Policies.
   *
   * @param background runs the refreshes
   */
  public StsPolicies(
      Dns dns, Source source, StsCache cache, InstantSource clock, Executor background) {
    this.dns = dns;
    this.source = source;
    this.cache = cache;
    this.clock = clock;
    this.background = background;
  }

  /** What holds for a recipient domain now. */
  public StsState of(Domain domain) {
    if (domain.isLiteral()) {
      return new StsState.None();
    }
    Optional<Held> held = alive(domain);
    Optional<String> id = announced(domain);
    if (id.isEmpty()) { // RFC 8461 §3.3: without a record the kept policy still holds
      return held.<StsState>map(h -> new StsState.Active(h.policy())).orElse(new StsState.None());
    }
    if (held.isPresent() && held.get().id().equals(id.get())) {
      refreshSoon(domain, held.get(), id.get());
      return new StsState.Active(held.get().policy());
    }
    return update(domain, id.get(), false);
  }

  private Optional<Held> alive(Domain domain) {
    return cache.find(domain).filter(held -> held.isAlive(clock.instant()));
  }

  /** The id that the DNS announces; an answer that fails or makes no sense announces none. */
  private Optional<String> announced(Domain domain) {
    return dns.txt("_mta-sts." + domain) instanceof Answer.Found<String>(var texts, boolean _)
            && StsRecord.among(texts) instanceof StsRecord.Parsed.Valid(StsRecord record)
        ? Optional.of(record.id())
        : Optional.empty();
  }

  private void refreshSoon(Domain domain, Held held, String id) {
    if (isOld(held) && failed(domain, id).isEmpty() && refreshing.add(domain)) {
      background.execute(() -> refresh(domain, id));
    }
  }

  private void refresh(Domain domain, String id) {
    try {
      update(domain, id, true);
    } finally {
      refreshing.remove(domain);
    }
  }

  private boolean isOld(Held held) {
    Duration half = held.policy().maxAge().dividedBy(2);
    Duration most = half.compareTo(REFRESH) < 0 ? half : REFRESH;
    return !clock.instant().isBefore(held.fetched().plus(most));
  }

  /** Fetches, unless another thread just did or a fetch failed a moment ago. */
  private StsState update(Domain domain, String id, boolean again) {
    ReentrantLock lock = locks.get(Math.floorMod(domain.hashCode(), locks.size()));
    lock.lock();
    try {
      Optional<Held> held = alive(domain);
      boolean done =
          held.filter(h -> h.id().equals(id)).filter(h -> !again || !isOld(h)).isPresent();
      Optional<TlsFault> fault = done ? Optional.empty() : fetch(domain, id);
      return alive(domain)
          .<StsState>map(h -> new StsState.Active(h.policy()))
          .orElseGet(
              () -> fault.<StsState>map(StsState.Broken::new).orElseGet(() -> justFetched(domain)));
    } finally {
      lock.unlock();
    }
  }

  /** A policy with max_age 0 holds for the delivery that fetched it. */
  private StsState justFetched(Domain domain) {
    return cache
        .find(domain)
        .<StsState>map(h -> new StsState.Active(h.policy()))
        .orElse(new StsState.None());
  }

  private Optional<TlsFault> fetch(Domain domain, String id) {
    Optional<TlsFault> before = failed(domain, id);
    if (before.isPresent()) {
      return before;
    }
    return switch (source.fetch(domain)) {
      case Fetched.Failed(TlsFault.StsFetch fault) -> fail(domain, id, fault);
      case Fetched.Body(String text) ->
          switch (StsPolicy.parse(text)) {
            case StsPolicy.Parsed.Valid(StsPolicy policy) -> {
              cache.put(domain, new Held(id, clock.instant(), policy));
              yield Optional.empty();
            }
            case StsPolicy.Parsed.Invalid(String why) ->
                fail(
                    domain,
                    id,
                    new TlsFault.StsFetch(
                        TlsFault.ResultType.STS_POLICY_INVALID, "MTA-STS policy: " + why));
          };
    };
  }

  private Optional<TlsFault> failed(Domain domain, String id) {
    synchronized (failures) {
      return Optional.ofNullable(failures.get(domain))
          .filter(f -> f.id.equals(id) && clock.instant().isBefore(f.at.plus(PAUSE)))
          .map(Failure::fault);
    }
  }

  private Optional<TlsFault> fail(Domain domain, String id, TlsFault fault) {
    LOG.info("No MTA-STS policy of {}: {}", domain, fault.words());
    synchronized (failures) {
      failures.put(domain, new Failure(id, clock.instant(), fault));
    }
    return Optional.of(fault);
  }

  /**
   * Refreshes what is old, also where no mail goes at present, and forgets what expired. To be
   * called about once an hour; blocks.
   */
  public void refresh() {
    for (Domain domain : cache.sweep(clock.instant())) {
      Optional<Held> held = alive(domain).filter(this::isOld);
      held.flatMap(_ -> announced(domain)).ifPresent(id -> update(domain, id, true));
    }
  }
}
