package org.spillway;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.spillway.config.Settings;
import org.spillway.dns.Dns;
import org.spillway.dns.DnsJavaResolver;
import org.spillway.dns.DnsSettings;
import org.spillway.route.Ticker;

/**
 * What the gateway takes from the machine; tests give their own.
 *
 * @param clock the wall clock, which may be stepped
 * @param ticker elapsed time, which may not
 * @param chance for ids, jitter and shuffling; used by many threads
 * @param dns in place of the servers that the settings name
 */
public record World(InstantSource clock, Ticker ticker, RandomGenerator chance, Optional<Dns> dns) {
  /** The machine's own. */
  public static World real() {
    return new World(
        InstantSource.system(), System::nanoTime, new SecureRandom(), Optional.empty());
  }

  /** The DNS that a node with these settings asks; opens nothing yet. */
  Dns dnsFor(Settings settings) {
    return dns.orElseGet(() -> resolver(settings));
  }

  private Dns resolver(Settings settings) {
    Settings.Dnssec dnssec = settings.node().dnssec();
    DnsSettings plain = DnsSettings.standard(settings.node().dnsServers());
    return new DnsJavaResolver(
        switch (dnssec.validation()) {
          case OFF -> plain;
          case TRUST_AD -> plain.trustingAd(dnssec.trusted());
          case VALIDATE -> plain.validating(dnssec.anchors());
        },
        clock,
        ticker::nanos);
  }
}
