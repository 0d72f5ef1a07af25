package org.spillway.auth.spf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.spillway.auth.IpBits;
import org.spillway.mail.Address;

/**
 * Who is checked: the arguments of check_host() (RFC 7208 §4.1) and the values of macros.
 *
 * @param address of the client, IPv4 when it is an IPv4-mapped one
 * @param bits the same
 * @param local the sender's local part
 * @param domain the sender's domain
 * @param helo the greeting's name, as A-labels where it can be
 */
record Subject(InetAddress address, IpBits bits, String local, String domain, String helo) {
  private static final String POSTMASTER = "postmaster"; // RFC 7208 §2.4, §4.3

  static Subject helo(SpfRequest request) {
    String helo = HostName.ascii(request.helo());
    IpBits bits = IpBits.of(request.client());
    return new Subject(plain(request.client(), bits), bits, POSTMASTER, helo, helo);
  }

  static Subject mailFrom(SpfRequest request) {
    Optional<Address> from = request.from().address();
    if (from.isEmpty()) { // RFC 7208 §2.4: postmaster@ the HELO name
      return helo(request);
    }
    IpBits bits = IpBits.of(request.client());
    String local = from.get().localPart().isEmpty() ? POSTMASTER : from.get().localPart();
    return new Subject(
        plain(request.client(), bits),
        bits,
        local,
        HostName.ascii(from.get().domain().name()),
        HostName.ascii(request.helo()));
  }

  /** RFC 7208 §5: an IPv4-mapped address is an IPv4 address, for the DNS too. */
  private static InetAddress plain(InetAddress client, IpBits bits) {
    byte[] bytes = client.getAddress();
    if (!bits.four() || bytes.length == 4) {
      return client;
    }
    try {
      return InetAddress.getByAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String sender() {
    return local + "@" + domain;
  }
}
