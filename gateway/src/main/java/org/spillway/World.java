package org.spillway;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.spillway.dns.Dns;
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
}
