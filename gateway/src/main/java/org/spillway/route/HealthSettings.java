package org.spillway.route;

import java.time.Duration;
import java.util.Optional;
import org.spillway.mail.Address;

/**
 * When a site counts as down and when it is trusted again (reference §3.3).
 *
 * @param failures consecutive target failures of a host that make it down
 * @param window the window of the ratio rule
 * @param windowAttempts least attempts in the window for the ratio rule
 * @param windowFailureRatio share of failures, 0 to 1
 * @param probeEvery between probes of a site we own or of one that is down
 * @param probeRelayEvery between probes of a relay that is up
 * @param probeRelayDownEvery between probes of a relay that is down
 * @param hold least time that a site stays down; doubles at each relapse within 30 minutes
 * @param holdMax most it grows to
 * @param goodProbes probes in a row that must be good
 * @param goodFor least time those probes must span
 * @param stableFor how long a returned site must be stable before it is first again
 * @param spillAfter how long a site must be down before its mail spills
 * @param canary recipient for the RCPT step of a probe, at sites we own
 */
public record HealthSettings(
    int failures,
    Duration window,
    int windowAttempts,
    double windowFailureRatio,
    Duration probeEvery,
    Duration probeRelayEvery,
    Duration probeRelayDownEvery,
    Duration hold,
    Duration holdMax,
    int goodProbes,
    Duration goodFor,
    Duration stableFor,
    Duration spillAfter,
    Optional<Address> canary) {
  /** The defaults of the reference. */
  public static final HealthSettings DEFAULT =
      new HealthSettings(
          5,
          Duration.ofSeconds(120),
          10,
          0.5,
          Duration.ofSeconds(15),
          Duration.ofMinutes(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(15),
          3,
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofSeconds(120),
          Optional.empty());
}
