package org.spillway.dns;

import org.spillway.testing.FakeDns;

/** The DNS of other tests keeps the contract. */
final class FakeDnsTest implements DnsContract {
  @Override
  public Dns over(String zone) {
    return new FakeDns().zone(zone);
  }
}
