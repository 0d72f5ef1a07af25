package org.spillway.guard;

import java.net.InetAddress;
import java.util.Optional;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.guard.Sign.Helo.Fault;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Domain;

/** What is wrong with a HELO name: the first fault of those that are looked for. */
final class HeloCheck {
  private static final String IPV6_TAG = "ipv6:";

  private final Dns dns;

  HeloCheck(Dns dns) {
    this.dns = dns;
  }

  Optional<Sign> look(String name, InetAddress client, GuardSettings.Helo wanted, Home home) {
    if (name.startsWith("[")) {
      return literal(name, client, wanted);
    }
    Optional<Domain> domain = Domain.parse(name);
    // RFC 5321 §2.3.5, §4.1.1.1: a full host name; a bare address or a nickname is none
    if (domain.isEmpty() || !isFullName(domain.get().name())) {
      return sign(Fault.SYNTAX, name, wanted.syntax());
    }
    if (home.isOurName(domain.get())) {
      return sign(Fault.OURS, name, wanted.ours());
    }
    boolean missing = wanted.unresolvable() != Action.OFF && isUnresolvable(domain.get());
    return missing ? sign(Fault.UNRESOLVABLE, name, wanted.unresolvable()) : Optional.empty();
  }

  private static Optional<Sign> sign(Fault fault, String name, Action wanted) {
    return wanted == Action.OFF ? Optional.empty() : Optional.of(new Sign.Helo(fault, name));
  }

  /** RFC 5321 §4.1.3. */
  private static Optional<Sign> literal(
      String name, InetAddress client, GuardSettings.Helo wanted) {
    boolean six = name.regionMatches(true, 1, IPV6_TAG, 0, IPV6_TAG.length());
    int start = six ? 1 + IPV6_TAG.length() : 1;
    Optional<InetAddress> said =
        AddressLiteral.isValid(name)
            ? AddressLiteral.ip(name.substring(start, name.length() - 1))
            : Optional.empty();
    if (said.isEmpty()) {
      return sign(Fault.SYNTAX, name, wanted.syntax());
    }
    return said.get().equals(client)
        ? Optional.empty()
        : sign(Fault.LITERAL, name, wanted.literal());
  }

  private static boolean isFullName(String name) {
    int dot = name.lastIndexOf('.');
    char last = name.charAt(name.length() - 1);
    return dot > 0 && (last < '0' || last > '9' || name.startsWith("xn--", dot + 1));
  }

  private boolean isUnresolvable(Domain domain) {
    boolean noAddress = dns.addresses(domain.name()) instanceof Answer.Absent<InetAddress>;
    return noAddress && dns.mx(domain) instanceof Answer.Absent<Dns.Mx>;
  }
}
