package org.spillway.admit;

import java.util.List;
import java.util.Set;
import org.spillway.guard.GuardSettings;
import org.spillway.mail.Network;

/**
 * What the admission steps go by.
 *
 * @param domains the domains that are ours
 * @param networks clients that may send to the world without authentication
 * @param maxSizeBytes largest message
 * @param maxReceivedHops most Received fields (RFC 5321 §6.3)
 * @param guard what is looked for against abuse
 * @param monitored listeners on which checks are recorded and refuse nothing but what is not safe
 * @param authentication what authentication of mail from outside means
 */
public record AdmissionSettings(
    List<HostedDomain> domains,
    List<Network> networks,
    long maxSizeBytes,
    int maxReceivedHops,
    GuardSettings guard,
    Set<String> monitored,
    AuthenticationSettings authentication) {
  public AdmissionSettings {
    domains = List.copyOf(domains);
    networks = List.copyOf(networks);
    monitored = Set.copyOf(monitored);
  }

  /** With the guard's defaults, nothing monitored and nothing authenticated. */
  public AdmissionSettings(
      List<HostedDomain> domains, List<Network> networks, long maxSizeBytes, int maxReceivedHops) {
    this(
        domains,
        networks,
        maxSizeBytes,
        maxReceivedHops,
        GuardSettings.DEFAULT,
        Set.of(),
        AuthenticationSettings.OFF);
  }
}
