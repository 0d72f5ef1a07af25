package org.spillway.auth.spf;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.spillway.auth.IpBits;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/** The DNS for one check: after its end of time every answer has failed (RFC 7208 §4.6.4). */
final class Questions {
  private final Dns dns;
  private final InstantSource clock;
  private final Instant end;

  Questions(Dns dns, InstantSource clock, Instant end) {
    this.dns = dns;
    this.clock = clock;
    this.end = end;
  }

  private boolean late() {
    return clock.instant().isAfter(end);
  }

  private static <T> Answer<T> tooLate() {
    return new Answer.Failed<>("the time for SPF is up");
  }

  Answer<String> txt(String name) {
    return late() ? tooLate() : dns.txt(name);
  }

  Answer<Dns.Mx> mx(String name) {
    return late() ? tooLate() : dns.mx(new Domain(name));
  }

  Answer<String> ptr(InetAddress address) {
    return late() ? tooLate() : dns.ptr(address);
  }

  Answer<InetAddress> a(String name) {
    return late() ? tooLate() : dns.a(name);
  }

  /** The addresses of the client's family (RFC 7208 §5). */
  Answer<InetAddress> addresses(String name, IpBits client) {
    return late() ? tooLate() : client.four() ? dns.a(name) : dns.aaaa(name);
  }
}
