package org.spillway.dns;

import java.net.InetAddress;
import org.spillway.mail.Domain;

/** Asks the DNS; every outcome is a value, nothing is thrown. Blocks the (virtual) thread. */
public interface Dns {
  /** The MX records of a domain, lowest preference first (RFC 5321 §5.1). */
  Answer<Mx> mx(Domain domain);

  /** The A and AAAA records of a host. */
  Answer<InetAddress> addresses(String host);

  /** The TXT records of a name, the strings of each joined. */
  Answer<String> txt(String name);

  /** The names that an address points to. */
  Answer<String> ptr(InetAddress address);

  /**
   * One MX record.
   *
   * @param preference lower is tried first
   * @param host without the final dot; empty for the null MX (RFC 7505)
   */
  record Mx(int preference, String host) {}
}
