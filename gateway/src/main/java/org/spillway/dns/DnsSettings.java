package org.spillway.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.dns.upstream.Rest;
import org.spillway.dns.upstream.ServerAddress;

/**
 * How the resolver asks, keeps and proves.
 *
 * @param servers recursive resolvers as {@link ServerAddress} reads them; the system's when empty
 * @param timeout of one question to one server
 * @param budget of one look-up with all its retries, aliases and proofs
 * @param caching what is kept, and for how long
 * @param rest when a server is left alone
 * @param validation what proves an answer
 * @param trusted servers whose AD bit counts under {@link Validation#TRUST_AD}; when empty, those
 *     on this host
 * @param anchors where our own proofs start
 * @param hosts the hosts file for {@link Dns#addresses}; the system's when empty
 */
public record DnsSettings(
    List<String> servers,
    Duration timeout,
    Duration budget,
    Caching caching,
    Rest rest,
    Validation validation,
    List<String> trusted,
    TrustAnchors anchors,
    Optional<Path> hosts) {

  /** What makes an answer secure. */
  public enum Validation {
    /** Nothing does. */
    OFF,
    /**
     * The AD bit of a server that is trusted, and reached over a road that is (RFC 4035 §4.9.3).
     */
    TRUST_AD,
    /** Our own proof from our own anchors (RFC 4035 §5). */
    VALIDATE
  }

  /**
   * What is kept.
   *
   * @param entries most answers; together they take at most 1 KiB each
   * @param maxTtl longest for any answer (RFC 8767 §4)
   * @param maxNegativeTtl longest for "there is none" (RFC 2308 §5)
   * @param failureTtl how long a failure is not asked again (RFC 9520); zero leaves that to the
   *     recursive resolver
   * @param staleFor how long past its time an answer may still serve when no server answers (RFC
   *     8767); zero is never
   */
  public record Caching(
      int entries,
      Duration maxTtl,
      Duration maxNegativeTtl,
      Duration failureTtl,
      Duration staleFor) {
    /** 50,000 answers, a day, an hour for negative ones; no failure and nothing stale. */
    public static Caching standard() {
      return new Caching(
          50_000, Duration.ofDays(1), Duration.ofHours(1), Duration.ZERO, Duration.ZERO);
    }

    /** The same, with stale answers when no server answers. */
    public Caching withStale(Duration longest) {
      return new Caching(entries, maxTtl, maxNegativeTtl, failureTtl, longest);
    }
  }

  public DnsSettings {
    servers = List.copyOf(servers);
    trusted = List.copyOf(trusted);
  }

  /** What serves when nothing is said: no proofs. */
  public static DnsSettings standard(List<String> servers) {
    return new DnsSettings(
        servers,
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Caching.standard(),
        new Rest(3, Duration.ofSeconds(10)),
        Validation.OFF,
        List.of(),
        TrustAnchors.ROOT,
        Optional.empty());
  }

  /** The same with other times. */
  public DnsSettings withTimes(Duration perQuestion, Duration perLookup) {
    return new DnsSettings(
        servers, perQuestion, perLookup, caching, rest, validation, trusted, anchors, hosts);
  }

  /** The same with another way to keep answers. */
  public DnsSettings withCaching(Caching other) {
    return new DnsSettings(
        servers, timeout, budget, other, rest, validation, trusted, anchors, hosts);
  }

  /** The same with another rest. */
  public DnsSettings withRest(Rest other) {
    return new DnsSettings(
        servers, timeout, budget, caching, other, validation, trusted, anchors, hosts);
  }

  /** The same, trusting the AD bit of these servers. */
  public DnsSettings trustingAd(List<String> resolvers) {
    return new DnsSettings(
        servers, timeout, budget, caching, rest, Validation.TRUST_AD, resolvers, anchors, hosts);
  }

  /** The same, proving answers from these anchors. */
  public DnsSettings validating(TrustAnchors from) {
    return new DnsSettings(
        servers, timeout, budget, caching, rest, Validation.VALIDATE, trusted, from, hosts);
  }

  /** The same with another hosts file. */
  public DnsSettings withHosts(Path file) {
    return new DnsSettings(
        servers, timeout, budget, caching, rest, validation, trusted, anchors, Optional.of(file));
  }

  /** What an admin has to mend, a sentence each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String server : servers) {
      Optional<InetSocketAddress> address = ServerAddress.parse(server);
      if (address.isEmpty()) {
        problems.add(server + " is no address of a DNS server");
      } else if (validation == Validation.TRUST_AD && !trusts(address.get())) {
        problems.add(server + " is not trusted; trust-ad asks only servers that are");
      }
    }
    for (String server : trusted) {
      if (ServerAddress.parse(server).isEmpty()) {
        problems.add(server + " is no address of a DNS server");
      }
    }
    if (!timeout.isPositive() || budget.compareTo(timeout) < 0) {
      problems.add("the time-out must be more than nothing and not above the budget");
    }
    if (caching.entries() < 1 || rest.after() < 1 || !rest.first().isPositive()) {
      problems.add("cache entries, failures before a rest and the rest must be more than nothing");
    }
    return problems;
  }

  /**
   * Whether the AD bit of a server counts. Under trust-ad the others are not asked at all: were
   * they, an outage of the trusted one would turn proved answers into unproved ones.
   */
  boolean trusts(InetSocketAddress server) {
    return trusted.isEmpty()
        ? server.getAddress().isLoopbackAddress()
        : trusted.stream().map(ServerAddress::parse).anyMatch(a -> a.equals(Optional.of(server)));
  }
}
