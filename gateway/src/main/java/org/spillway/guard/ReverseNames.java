package org.spillway.guard;

import java.net.InetAddress;
import java.util.List;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;

/** The forward-confirmed reverse name of a client (iprev, RFC 8601 §2.7.3). */
@FunctionalInterface
public interface ReverseNames {
  /** What there is for an address; blocks the virtual thread. */
  Name of(InetAddress client);

  /** What there is for an address. */
  sealed interface Name {
    /** A name that leads back to the address. */
    record Confirmed(String host) implements Name {}

    /** Names, none of which leads back. */
    record Unconfirmed(String host) implements Name {}

    /** No name. */
    record Missing() implements Name {}

    /** Nobody can say now. */
    record Unknown(String why) implements Name {}
  }

  /** Looked up with a resolver; of many names only the first few are tried. */
  static ReverseNames through(Dns dns) {
    return client ->
        switch (dns.ptr(client)) {
          case Answer.Absent<String> _ -> new Name.Missing();
          case Answer.Failed<String>(String why) -> new Name.Unknown(why);
          case Answer.Found<String>(List<String> hosts, boolean _) -> confirm(dns, client, hosts);
        };
  }

  private static Name confirm(Dns dns, InetAddress client, List<String> hosts) {
    int most = Math.min(hosts.size(), 5);
    for (String host : hosts.subList(0, most)) {
      Answer<InetAddress> forward = client.getAddress().length == 4 ? dns.a(host) : dns.aaaa(host);
      switch (forward) {
        case Answer.Found<InetAddress>(List<InetAddress> all, boolean _)
            when all.contains(client) -> {
          return new Name.Confirmed(host);
        }
        case Answer.Failed<InetAddress>(String why) -> {
          return new Name.Unknown(why);
        }
        case Answer.Found<InetAddress> _, Answer.Absent<InetAddress> _ -> {}
      }
    }
    return hosts.isEmpty() ? new Name.Missing() : new Name.Unconfirmed(hosts.getFirst());
  }
}
