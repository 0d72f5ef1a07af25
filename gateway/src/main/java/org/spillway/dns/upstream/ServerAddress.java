package org.spillway.dns.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.spillway.mail.AddressLiteral;

/** The address of a resolver as an admin writes it. */
public final class ServerAddress {
  private static final int PORT = 53;
  private static final int MAX_PORT = 65_535;

  private ServerAddress() {}

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.1:53}, {@code 2001:db8::1}, {@code [2001:db8::1]:53};
   * empty for all else.
   */
  public static Optional<InetSocketAddress> parse(String text) {
    Optional<InetAddress> bare = AddressLiteral.ip(text);
    if (bare.isPresent()) {
      return bare.map(ip -> new InetSocketAddress(ip, PORT));
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[1-9]\\d{0,4}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String literal = bracketed ? host.substring(1, host.length() - 1) : host;
    return port > MAX_PORT || literal.contains(":") != bracketed
        ? Optional.empty()
        : AddressLiteral.ip(literal).map(ip -> new InetSocketAddress(ip, port));
  }

  /** The address as {@link #parse} reads it. */
  public static String text(InetSocketAddress server) {
    String literal = server.getAddress().getHostAddress();
    return (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + server.getPort();
  }
}
