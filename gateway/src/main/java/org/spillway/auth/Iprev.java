package org.spillway.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/** Asks for the names of an address, and for the addresses of these names (RFC 8601 §3). */
public final class Iprev {
  private static final int MOST_NAMES = 10; // RFC 8601 §3 leaves the bound to us

  private final Dns dns;

  /** Asks nothing yet. */
  public Iprev(Dns dns) {
    this.dns = dns;
  }

  /** Checks a client; an IPv4-mapped address as IPv4. Never throws; blocks while the DNS works. */
  public IprevResult check(InetAddress client) {
    IpBits bits = IpBits.of(client);
    return switch (dns.ptr(plain(client))) {
      case Answer.Failed<String>(String why) ->
          result(IprevResult.Word.TEMPERROR, bits, "the names could not be asked for: " + why);
      case Answer.Absent<String> _ ->
          result(IprevResult.Word.PERMERROR, bits, "the address has no name");
      case Answer.Found<String>(List<String> names, boolean _) -> confirm(bits, names);
    };
  }

  private static InetAddress plain(InetAddress client) {
    try {
      return InetAddress.getByAddress(client.getAddress()); // makes IPv4-mapped IPv4
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static IprevResult result(IprevResult.Word word, IpBits client, String why) {
    return new IprevResult(word, client, Optional.empty(), why);
  }

  private IprevResult confirm(IpBits client, List<String> names) {
    Optional<String> failure = Optional.empty();
    for (String given : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
      String bare = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
      Optional<Domain> name = Domain.parse(bare).filter(d -> !d.isLiteral());
      if (name.isEmpty()) {
        continue;
      }
      String host = name.get().name();
      switch (client.four() ? dns.a(host) : dns.aaaa(host)) {
        case Answer.Found<InetAddress>(List<InetAddress> found, boolean _) -> {
          if (found.stream().anyMatch(ip -> IpBits.of(ip).equals(client))) {
            String why = host + " points back to the address";
            return new IprevResult(IprevResult.Word.PASS, client, Optional.of(host), why);
          }
        }
        case Answer.Absent<InetAddress> _ -> {}
        case Answer.Failed<InetAddress>(String why) -> failure = Optional.of(host + ": " + why);
      }
    }
    return failure
        .map(why -> result(IprevResult.Word.TEMPERROR, client, why))
        .orElseGet(() -> result(IprevResult.Word.FAIL, client, "no name points back"));
  }
}
