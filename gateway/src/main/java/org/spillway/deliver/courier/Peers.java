package org.spillway.deliver.courier;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Domain;
import org.spillway.mail.Reply;
import org.spillway.route.HostPort;
import org.spillway.route.Site;

/** Finds the hosts of a destination (RFC 5321 §5.1, RFC 7505) and the addresses of a host. */
final class Peers {
  private final Dns dns;
  private final Self self;
  private final int mxPort;
  private final RandomGenerator chance;

  Peers(Dns dns, Self self, int mxPort, RandomGenerator chance) {
    this.dns = dns;
    this.self = self;
    this.mxPort = mxPort;
    this.chance = chance;
  }

  /** Hosts to try, or why there are none. */
  sealed interface Found {
    /**
     * In the order in which to try them.
     *
     * @param secure true when DNSSEC proved the names, or when the host is the domain itself
     */
    record Hosts(List<HostPort> hosts, boolean secure) implements Found {}

    /** None: what this means for every recipient. */
    record None(Outcome outcome) implements Found {}
  }

  /** Addresses of one host, or why there are none. */
  sealed interface Resolved {
    /**
     * In the order in which to try them, at least one.
     *
     * @param secure true when DNSSEC proved them
     */
    record Addresses(List<InetAddress> addresses, boolean secure) implements Resolved {}

    /** One of them is ours. */
    record Ourselves(String why) implements Resolved {}

    /** The name has no address. */
    record Nowhere(String why) implements Resolved {}

    /** The DNS did not answer. */
    record NotNow(String why) implements Resolved {}
  }

  Found mxHosts(Domain domain) {
    if (domain.isLiteral()) { // RFC 5321 §5.1: an address literal is used as it is
      String bare = domain.name().substring(1, domain.name().length() - 1);
      String address = bare.toLowerCase(Locale.ROOT).startsWith("ipv6:") ? bare.substring(5) : bare;
      return new Found.Hosts(List.of(new HostPort(address, mxPort)), false);
    }
    return switch (dns.mx(domain)) {
      case Answer.Found<Dns.Mx>(List<Dns.Mx> records, boolean secure) ->
          hosts(domain, records, secure);
      case Answer.Absent<Dns.Mx>(boolean nameExists) ->
          nameExists
              ? implicit(domain)
              : none(domain, 550, "5.1.2", "the domain " + domain + " does not exist");
      case Answer.Failed<Dns.Mx>(String why) ->
          new Found.None(
              new Outcome.Unreachable(
                  domain.name(), Outcome.Step.RESOLVE, "MX of " + domain + ": " + why));
    };
  }

  /** RFC 5321 §5.1: without MX records the domain itself is its mail host. */
  private Found implicit(Domain domain) {
    return self.isName(domain.name())
        ? loop(domain)
        : new Found.Hosts(List.of(new HostPort(domain.name(), mxPort)), true);
  }

  private Found hosts(Domain domain, List<Dns.Mx> records, boolean secure) {
    if (records.stream().allMatch(mx -> mx.host().isEmpty())) { // RFC 7505 §4.1
      return none(domain, 556, "5.1.10", "the domain " + domain + " takes no mail (null MX)");
    }
    List<Dns.Mx> usable = new ArrayList<>(records);
    usable.removeIf(mx -> mx.host().isEmpty());
    Collections.shuffle(usable, chance); // RFC 5321 §5.1: equal preferences in random order
    usable.sort(java.util.Comparator.comparingInt(Dns.Mx::preference));
    int ours =
        usable.stream()
            .filter(mx -> self.isName(mx.host()))
            .mapToInt(Dns.Mx::preference)
            .min()
            .orElse(Integer.MAX_VALUE);
    usable.removeIf(mx -> mx.preference() >= ours); // RFC 5321 §5.1: no farther than ourselves
    if (usable.isEmpty()) {
      return loop(domain);
    }
    return new Found.Hosts(
        usable.stream().map(mx -> new HostPort(mx.host(), mxPort)).toList(), secure);
  }

  private static Found loop(Domain domain) {
    return none(domain, 554, "5.4.6", "the best mail host of " + domain + " is this one: a loop");
  }

  private static Found none(Domain domain, int code, String status, String why) {
    return new Found.None(failed(domain.name(), code, status, why));
  }

  static Outcome failed(String hop, int code, String status, String why) {
    return new Outcome.Failed(hop, Reply.of(code, status, why), new Effect.None());
  }

  /** The addresses of a host that the site's source address can reach, in the site's order. */
  Resolved addresses(Site site, String host) {
    Optional<InetAddress> literal = AddressLiteral.ip(host);
    if (literal.isPresent()) {
      return ordered(site, host, new Answer.Found<>(List.of(literal.get()), false));
    }
    if (host.equalsIgnoreCase("localhost")) { // RFC 6761 §6.3
      InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
      return ordered(site, host, new Answer.Found<>(List.of(loopback), false));
    }
    return switch (dns.addresses(host)) {
      case Answer.Found<InetAddress> found -> ordered(site, host, found);
      case Answer.Absent<InetAddress> _ -> new Resolved.Nowhere(host + " has no address");
      case Answer.Failed<InetAddress>(String why) ->
          new Resolved.NotNow("addresses of " + host + ": " + why);
    };
  }

  private Resolved ordered(Site site, String host, Answer.Found<InetAddress> found) {
    List<InetAddress> records = found.records();
    boolean toTheWorld = site.kind() == Site.Kind.MX;
    if (toTheWorld && records.stream().anyMatch(self::isAddress)) {
      return new Resolved.Ourselves(host + " is this host");
    }
    List<InetAddress> usable = new ArrayList<>(records);
    usable.removeIf(address -> !fits(site, address));
    if (usable.isEmpty()) {
      return new Resolved.Nowhere(host + " has no address of the source address's family");
    }
    Collections.shuffle(usable, chance);
    usable.sort(java.util.Comparator.comparing(a -> isIpv4(a) != site.preferIpv4()));
    return new Resolved.Addresses(usable, found.secure());
  }

  private static boolean fits(Site site, InetAddress address) {
    return site.sourceAddress().map(own -> isIpv4(own) == isIpv4(address)).orElse(true);
  }

  private static boolean isIpv4(InetAddress address) {
    return address.getAddress().length == 4;
  }
}
