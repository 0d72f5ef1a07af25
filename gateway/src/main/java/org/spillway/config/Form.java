package org.spillway.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spillway.mail.Address;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Domain;
import org.spillway.mail.Network;
import org.spillway.route.HostPort;
import org.spillway.route.SiteName;

/**
 * A form that text can have.
 *
 * @param title what it is, with its article
 * @param examples how it looks
 * @param parse reads it; empty when it has not the form
 */
record Form<T>(String title, String examples, Function<String, Optional<T>> parse) {
  private static final Pattern HOST_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+))(?::([0-9]{1,5}))?");

  static final Form<Domain> DOMAIN =
      new Form<>(
          "a domain", "example.com", t -> Domain.parse(t).filter(domain -> !domain.isLiteral()));
  static final Form<Address> ADDRESS =
      new Form<>("a mail address", "alice@example.com", Address::parse);
  static final Form<Network> NETWORK =
      new Form<>("a network", "10.0.0.0/8, 192.0.2.7 or 2001:db8::/32", Network::parse);
  static final Form<InetAddress> IP =
      new Form<>("an IP address", "127.0.0.1 or ::1", AddressLiteral::ip);
  static final Form<String> HOST_NAME =
      new Form<>("a host name", "mail.example.com", Form::hostName);
  static final Form<String> DNS_SERVER =
      new Form<>("a DNS server", "192.0.2.53 or [2001:db8::53]:53", Form::dnsServer);
  static final Form<SiteName> SITE =
      new Form<>(
          "a site's name",
          "exchange-1 (a to z, 0 to 9 and hyphen)",
          t -> SiteName.isValid(t) ? Optional.of(new SiteName(t)) : Optional.empty());

  /** {@code host}, {@code host:port}, {@code [IPv6]:port}. */
  static Form<HostPort> hostPort(int standardPort) {
    return new Form<>(
        "a host",
        "mail.example.com, 192.0.2.25:2525 or [2001:db8::25]:25",
        text -> hostPort(text, standardPort));
  }

  private static Optional<HostPort> hostPort(String text, int standardPort) {
    if (AddressLiteral.ip(text).isPresent()) {
      return Optional.of(new HostPort(text, standardPort));
    }
    Matcher m = HOST_PORT.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    int port = m.group(3) == null ? standardPort : Integer.parseInt(m.group(3));
    if (port < 1 || port > 65535) {
      return Optional.empty();
    }
    Optional<String> host =
        m.group(1) == null
            ? ip(m.group(2)).or(() -> hostName(m.group(2)))
            : ip(m.group(1)).filter(address -> address.contains(":"));
    return host.map(name -> new HostPort(name, port));
  }

  private static Optional<String> ip(String text) {
    return AddressLiteral.ip(text).map(address -> text);
  }

  /** A name; a dotted number is none, so that {@code 10.0.0.256} is seen. */
  private static Optional<String> hostName(String text) {
    return text.matches("[0-9.]*")
        ? Optional.empty()
        : Domain.parse(text).filter(domain -> !domain.isLiteral()).map(Domain::name);
  }

  private static Optional<String> dnsServer(String text) {
    return hostPort(text, 53).filter(server -> ip(server.host()).isPresent()).map(server -> text);
  }
}
