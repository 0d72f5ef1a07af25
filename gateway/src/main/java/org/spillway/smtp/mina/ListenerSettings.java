package org.spillway.smtp.mina;

import java.net.InetAddress;
import java.util.List;
import org.spillway.mail.Network;

/**
 * One socket that we listen on.
 *
 * @param name its name in logs and traces
 * @param address the local address
 * @param port 0 picks a free one
 * @param tls how TLS begins
 * @param submission true for message submission: AUTH is offered over TLS and required (RFC 6409)
 * @param proxyFrom addresses that speak the PROXY protocol to us; all others must not
 */
public record ListenerSettings(
    String name,
    InetAddress address,
    int port,
    TlsMode tls,
    boolean submission,
    List<Network> proxyFrom) {
  public ListenerSettings {
    proxyFrom = List.copyOf(proxyFrom);
  }

  /** How TLS begins on a listener. */
  public enum TlsMode {
    NONE,
    STARTTLS,
    IMPLICIT
  }
}
