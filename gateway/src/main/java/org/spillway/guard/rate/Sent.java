package org.spillway.guard.rate;

import java.net.InetAddress;
import java.util.Optional;
import org.spillway.mail.Address;
import org.spillway.mail.Network;
import org.spillway.mail.ReversePath;

/**
 * Whose mail is to be counted.
 *
 * @param client who sends it
 * @param near true for a client of our networks, which is not counted by its address
 * @param user when authenticated
 * @param from its sender
 * @param recipient when it is about one
 */
public record Sent(
    InetAddress client,
    boolean near,
    Optional<String> user,
    ReversePath from,
    Optional<Address> recipient) {
  private static final int IPV4 = 24;
  private static final int IPV6 = 64;

  /** What to count under; empty when there is no such. */
  Optional<Object> key(RateLimit.By by) {
    return switch (by) {
      case ADDRESS -> near ? Optional.empty() : Optional.of(client);
      case NETWORK -> near ? Optional.empty() : Optional.of(network());
      case SENDER -> Optional.of(from.address().<Object>map(Address::key).orElse(client));
      case RECIPIENT -> recipient.map(Address::key);
      case USER -> user.map(name -> name);
    };
  }

  /** The same, about a recipient. */
  public Sent to(Address address) {
    return new Sent(client, near, user, from, Optional.of(address));
  }

  private Network network() {
    return Network.around(client, client.getAddress().length == 4 ? IPV4 : IPV6);
  }
}
