package org.spillway.smtp.mina;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.spillway.mail.Network;
import org.spillway.mail.Reply;
import org.spillway.smtp.server.SessionLimits;

/** How many sessions there are, in all, by address and by network; shared by all listeners. */
public final class SessionCounts {
  private static final Reply BUSY = Reply.of(421, "4.3.2", "too many sessions, try again later");
  private static final Reply YOURS =
      Reply.of(421, "4.7.0", "too many sessions from you, try again later");

  private final AtomicInteger all = new AtomicInteger();
  private final Map<Network, Integer> counts = new ConcurrentHashMap<>();

  /**
   * Why a session is one too many.
   *
   * @param limit its name in metrics
   * @param reply what to say
   */
  record TooMany(String limit, Reply reply) {}

  /** Counts a session in, or says why not. */
  Optional<TooMany> enter(InetAddress address, SessionLimits limits) {
    if (all.incrementAndGet() > limits.sessions()) {
      all.decrementAndGet();
      return Optional.of(new TooMany("sessions", BUSY));
    }
    if (!up(host(address), limits.sessionsPerAddress())) {
      all.decrementAndGet();
      return Optional.of(new TooMany("sessions-per-address", YOURS));
    }
    if (!up(network(address), limits.sessionsPerNetwork())) {
      down(host(address));
      all.decrementAndGet();
      return Optional.of(new TooMany("sessions-per-network", YOURS));
    }
    return Optional.empty();
  }

  /** Counts a session out that was counted in. */
  void leave(InetAddress address) {
    down(network(address));
    down(host(address));
    all.decrementAndGet();
  }

  /** Sessions now. */
  public int sessions() {
    return all.get();
  }

  private boolean up(Network key, int most) {
    return counts.merge(key, 1, Integer::sum) <= most || down(key);
  }

  private boolean down(Network key) {
    counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    return false;
  }

  private static Network host(InetAddress address) {
    return Network.around(address, address.getAddress().length * 8);
  }

  private static Network network(InetAddress address) {
    return Network.around(address, address.getAddress().length == 4 ? 24 : 64);
  }
}
