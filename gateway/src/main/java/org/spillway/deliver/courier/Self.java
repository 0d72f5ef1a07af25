package org.spillway.deliver.courier;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who we are, so that mail is never delivered to ourselves (RFC 5321 §5.1).
 *
 * @param names host names of ours, in lower case
 * @param addresses addresses at which we take mail from the world
 */
public record Self(Set<String> names, Set<InetAddress> addresses) {
  public Self {
    names = names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    addresses = Set.copyOf(addresses);
  }

  boolean isName(String host) {
    return names.contains(host.toLowerCase(Locale.ROOT));
  }

  boolean isAddress(InetAddress address) {
    return addresses.contains(address);
  }
}
