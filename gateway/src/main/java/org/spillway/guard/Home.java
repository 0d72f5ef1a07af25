package org.spillway.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.spillway.mail.Arrival;
import org.spillway.mail.Domain;
import org.spillway.mail.Network;

/**
 * Who is not a stranger.
 *
 * @param host how we call ourselves
 * @param domains that are ours
 * @param networks whose clients are known
 * @param submission listeners that want authentication
 */
public record Home(
    String host, Set<Domain> domains, List<Network> networks, Set<String> submission) {
  public Home {
    domains = Set.copyOf(domains);
    networks = List.copyOf(networks);
    submission = Set.copyOf(submission);
  }

  /** True for a client that is neither in our networks nor authenticated. */
  boolean isStranger(Arrival arrival) {
    return arrival.user().isEmpty() && !isNear(arrival.client());
  }

  boolean isNear(InetAddress client) {
    for (Network network : networks) {
      if (network.contains(client)) {
        return true;
      }
    }
    return false;
  }

  boolean isOurs(Domain domain) {
    return domains.contains(domain);
  }

  boolean isOurName(Domain name) {
    return name.name().equals(host) || isOurs(name);
  }
}
