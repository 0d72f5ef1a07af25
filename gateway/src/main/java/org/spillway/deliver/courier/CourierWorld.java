package org.spillway.deliver.courier;

import java.util.random.RandomGenerator;
import org.spillway.deliver.tls.Road;
import org.spillway.dns.Dns;
import org.spillway.route.HostObserver;
import org.spillway.route.HostOrder;

/**
 * All that the courier takes from outside.
 *
 * @param nodeName our name in EHLO where a site has none
 * @param self who we are, so that mail is never delivered to ourselves
 * @param mxPort the port of MX hosts; 25 except in tests
 * @param dns finds hosts
 * @param chance shuffles hosts of equal preference
 * @param rules what replies mean
 * @param stamp what stands first in each copy
 * @param hosts which hosts of a pool to try
 * @param observer is told what was seen of each host
 * @param road knows the TLS policies of destinations
 * @param signatures signs copies
 */
public record CourierWorld(
    String nodeName,
    Self self,
    int mxPort,
    Dns dns,
    RandomGenerator chance,
    ReplyRules rules,
    TraceStamp stamp,
    HostOrder hosts,
    HostObserver observer,
    Road road,
    Signatures signatures) {
  /** One that signs nothing. */
  public CourierWorld(
      String nodeName,
      Self self,
      int mxPort,
      Dns dns,
      RandomGenerator chance,
      ReplyRules rules,
      TraceStamp stamp,
      HostOrder hosts,
      HostObserver observer,
      Road road) {
    this(nodeName, self, mxPort, dns, chance, rules, stamp, hosts, observer, road, Signatures.NONE);
  }
}
