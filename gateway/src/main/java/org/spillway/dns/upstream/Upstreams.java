package org.spillway.dns.upstream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.xbill.DNS.Message;

/**
 * All servers as one: the fastest that does not rest is asked first, the next when it fails, those
 * that rest last; silence is tried a second time.
 */
public final class Upstreams {
  private static final int ROUNDS = 2;

  private final List<Upstream> servers;

  /** In the admin's order, which counts until each was tried. */
  public Upstreams(List<Upstream> servers) {
    this.servers = List.copyOf(servers);
  }

  /** Gives {@link Heard.Said}, {@link Heard.Bogus}, or the last trouble with all of it told. */
  public Heard ask(Message query, Deadline deadline) {
    if (servers.isEmpty()) {
      return new Heard.Trouble("there is no server that may be asked");
    }
    List<String> troubles = new ArrayList<>();
    List<Upstream> order = order();
    for (int round = 1; round <= ROUNDS; round++) {
      List<Upstream> silent = new ArrayList<>();
      for (Upstream server : order) {
        if (deadline.over()) {
          troubles.add("the time for this look-up is over");
          return new Heard.Trouble(String.join("; ", troubles));
        }
        switch (server.ask(query, deadline)) {
          case Heard.Said said -> {
            settle(server, query, deadline);
            return said;
          }
          case Heard.Bogus(String why) -> {
            return new Heard.Bogus(told(server, why));
          }
          case Heard.Silence(String why) -> {
            troubles.add(told(server, why));
            silent.add(server);
          }
          case Heard.Lame(String why) -> troubles.add(told(server, why));
          case Heard.Trouble(String why) -> troubles.add(told(server, why));
          case Heard.OldServer(String why) -> troubles.add(told(server, why));
        }
      }
      order = silent;
    }
    return new Heard.Trouble(String.join("; ", troubles));
  }

  private static String told(Upstream server, String why) {
    return ServerAddress.text(server.server()) + ": " + why;
  }

  private List<Upstream> order() {
    if (servers.size() == 1) {
      return servers;
    }
    record Place(Upstream server, boolean rests, long roundTrip) {}
    return servers.stream()
        .map(s -> new Place(s, s.health().resting(), s.health().roundTrip()))
        .sorted(Comparator.comparing(Place::rests).thenComparingLong(Place::roundTrip))
        .map(Place::server)
        .toList();
  }

  /** The others fade; one whose rest is over is asked the same on the side, at nobody's cost. */
  private void settle(Upstream answered, Message query, Deadline deadline) {
    for (Upstream other : servers) {
      if (other == answered) {
        continue;
      }
      other.health().fade();
      if (other.health().wantsTrial()) {
        Deadline own = Deadline.in(other.timeout().multipliedBy(4), deadline.nanos());
        Thread.startVirtualThread(() -> other.ask(query, own));
      }
    }
  }

  /** Each server, in the admin's order. */
  public List<ServerStatus> status() {
    return servers.stream().map(s -> s.health().status(ServerAddress.text(s.server()))).toList();
  }
}
