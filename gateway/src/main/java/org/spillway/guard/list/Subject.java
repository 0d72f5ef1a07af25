package org.spillway.guard.list;

import java.util.Optional;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;
import org.spillway.mail.Network;

/** Whom an entry of a list is about. */
public sealed interface Subject {
  /** Clients of a network; one address is a network of one. */
  record Clients(Network network) implements Subject {
    @Override
    public String toString() {
      boolean one = network.prefix() == network.base().getAddress().length * 8;
      return one ? network.base().getHostAddress() : network.toString();
    }
  }

  /** Senders of a domain and of every name below it. */
  record Senders(Domain domain) implements Subject {
    @Override
    public String toString() {
      return domain.name();
    }
  }

  /** One sender, upper and lower case alike. */
  record Sender(Address address) implements Subject {
    @Override
    public String toString() {
      return address.key();
    }
  }

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code example.com} or {@code a@example.com};
   * empty when it is none of them.
   */
  static Optional<Subject> parse(String text) {
    if (text.indexOf('@') >= 0) {
      return Address.parse(text).filter(Subject::isOneWord).map(Subject::sender);
    }
    Optional<Network> network = Network.parse(text);
    if (network.isPresent()) {
      return network.map(Clients::new);
    }
    return Domain.parse(text).filter(d -> !isNumber(d)).map(Senders::new);
  }

  private static boolean isOneWord(Address address) {
    return address.localPart().chars().noneMatch(c -> c <= ' ' || Character.isWhitespace(c));
  }

  private static Subject sender(Address address) {
    String local = address.localPart().toLowerCase(java.util.Locale.ROOT);
    return new Sender(new Address(local, address.domain()));
  }

  /** True for what was meant to be an address, such as {@code 192.0.2.256}. */
  private static boolean isNumber(Domain domain) {
    String name = domain.name();
    char last = name.charAt(name.length() - 1);
    return domain.isLiteral() || last >= '0' && last <= '9' && name.indexOf('.') > 0;
  }
}
