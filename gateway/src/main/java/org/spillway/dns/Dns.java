package org.spillway.dns;

import java.net.InetAddress;
import org.spillway.mail.Domain;

/** Asks the DNS; every outcome is a value, nothing is thrown. Blocks the (virtual) thread. */
public interface Dns {
  /** The MX records of a domain, lowest preference first (RFC 5321 §5.1). */
  Answer<Mx> mx(Domain domain);

  /** The A and AAAA records of a host, or what the hosts file says instead, which is not secure. */
  Answer<InetAddress> addresses(String host);

  /** The A records of a host; never from the hosts file, so that checks see what others see. */
  Answer<InetAddress> a(String host);

  /** The AAAA records of a host; never from the hosts file. */
  Answer<InetAddress> aaaa(String host);

  /** The TLSA records of a name such as {@code _25._tcp.mx.example.com} (RFC 6698 §2). */
  Answer<Tlsa> tlsa(String name);

  /**
   * The name that a name is an alias of, one step: with {@link #addresses}, whose answer is secure
   * only when every alias on the way is, it gives the TLSA base domains of a host (RFC 7672
   * §2.2.2). A DNS that does not know aliases fails here, so that none is taken for absent.
   */
  default Answer<String> cname(String name) {
    return new Answer.Failed<>("aliases are not asked for here");
  }

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

  /**
   * One TLSA record (RFC 6698 §2.1).
   *
   * @param usage 0 to 255; mail uses 2 and 3 (RFC 7672 §3.1)
   * @param selector 0 the whole certificate, 1 its public key
   * @param matching 0 the bytes themselves, 1 SHA-256, 2 SHA-512
   * @param data in lower-case hex
   */
  record Tlsa(int usage, int selector, int matching, String data) {}
}
