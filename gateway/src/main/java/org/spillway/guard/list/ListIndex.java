package org.spillway.guard.list;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.spillway.guard.list.ListEntry.Side;
import org.spillway.mail.Address;
import org.spillway.mail.Network;

/** Entries so that a question costs a few look-ups, however many there are. Immutable. */
final class ListIndex {
  private final Map<Network, Pair> networks = new HashMap<>();
  private final Map<String, Pair> domains = new HashMap<>();
  private final Map<String, Pair> senders = new HashMap<>();
  private final List<Integer> prefixes4;
  private final List<Integer> prefixes6;

  /** The two entries that there may be for one subject. */
  private record Pair(Optional<ListEntry> allow, Optional<ListEntry> deny) {
    static Pair of(ListEntry entry) {
      Optional<ListEntry> some = Optional.of(entry);
      return entry.side() == Side.ALLOW
          ? new Pair(some, Optional.empty())
          : new Pair(Optional.empty(), some);
    }

    Pair and(Pair later) {
      return new Pair(later.allow.or(() -> allow), later.deny.or(() -> deny));
    }
  }

  /** Of two entries for one subject and side the later one counts. */
  ListIndex(Collection<ListEntry> entries) {
    TreeSet<Integer> four = new TreeSet<>();
    TreeSet<Integer> six = new TreeSet<>();
    for (ListEntry entry : entries) {
      switch (entry.subject()) {
        case Subject.Clients(Network network) -> {
          networks.merge(network, Pair.of(entry), Pair::and);
          (network.base().getAddress().length == 4 ? four : six).add(network.prefix());
        }
        case Subject.Senders(var domain) -> domains.merge(domain.name(), Pair.of(entry), Pair::and);
        case Subject.Sender(Address address) ->
            senders.merge(address.key(), Pair.of(entry), Pair::and);
      }
    }
    prefixes4 = List.copyOf(four.descendingSet());
    prefixes6 = List.copyOf(six.descendingSet());
  }

  /** The most specific entry that holds; of allow and deny for one network, allow. */
  Optional<ListEntry> client(InetAddress client, Instant now) {
    if (networks.isEmpty()) {
      return Optional.empty();
    }
    for (int prefix : client.getAddress().length == 4 ? prefixes4 : prefixes6) {
      Optional<ListEntry> found = holding(networks.get(Network.around(client, prefix)), now);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The entry of the address, else of its domain, else of the nearest domain above it. */
  Optional<ListEntry> sender(Address address, Instant now) {
    Optional<ListEntry> own =
        senders.isEmpty() ? Optional.empty() : holding(senders.get(address.key()), now);
    if (own.isPresent() || domains.isEmpty()) {
      return own;
    }
    String name = address.domain().name();
    while (!name.isEmpty()) {
      Optional<ListEntry> found = holding(domains.get(name), now);
      if (found.isPresent()) {
        return found;
      }
      int dot = name.indexOf('.');
      name = dot < 0 ? "" : name.substring(dot + 1);
    }
    return Optional.empty();
  }

  private static Optional<ListEntry> holding(Pair pair, Instant now) {
    return pair == null
        ? Optional.empty()
        : pair.allow.filter(e -> !e.isOver(now)).or(() -> pair.deny.filter(e -> !e.isOver(now)));
  }
}
