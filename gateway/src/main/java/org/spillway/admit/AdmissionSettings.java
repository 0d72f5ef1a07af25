package org.spillway.admit;

import java.util.List;
import org.spillway.mail.Network;

/**
 * What the admission steps go by.
 *
 * @param domains the domains that are ours
 * @param networks clients that may send to the world without authentication
 * @param maxSizeBytes largest message
 * @param maxReceivedHops most Received fields (RFC 5321 §6.3)
 */
public record AdmissionSettings(
    List<HostedDomain> domains, List<Network> networks, long maxSizeBytes, int maxReceivedHops) {
  public AdmissionSettings {
    domains = List.copyOf(domains);
    networks = List.copyOf(networks);
  }
}
