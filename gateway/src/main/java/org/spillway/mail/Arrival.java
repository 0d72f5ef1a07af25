package org.spillway.mail;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * Who gave a message to us, how and when.
 *
 * @param at when the transaction began
 * @param client the client's address (after PROXY, when a listed proxy spoke)
 * @param clientPort its port
 * @param helo the EHLO or HELO argument; empty before the greeting
 * @param extended true after EHLO, false after HELO
 * @param tls empty on a clear connection
 * @param user the authenticated user
 * @param listener name of the listener in the configuration
 */
public record Arrival(
    Instant at,
    InetAddress client,
    int clientPort,
    String helo,
    boolean extended,
    Optional<TlsInfo> tls,
    Optional<String> user,
    String listener) {

  /** The {@code with} word of a Received field (RFC 3848, RFC 6531 §4.3). */
  public String protocol(boolean smtputf8) {
    if (!extended) {
      return "SMTP";
    }
    String base = smtputf8 ? "UTF8SMTP" : "ESMTP";
    return base + (tls.isPresent() ? "S" : "") + (user.isPresent() ? "A" : "");
  }
}
