package org.spillway.admit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.Address;
import org.spillway.mail.Domain;

/**
 * A domain that is ours.
 *
 * @param name the domain
 * @param aliasOf present when its addresses are those of another domain of ours
 * @param recipients file with one address or local part a line; empty when every address exists
 * @param aliases address or local part to its targets
 */
public record HostedDomain(
    Domain name,
    Optional<Domain> aliasOf,
    Optional<Path> recipients,
    Map<Address, List<Address>> aliases) {
  public HostedDomain {
    aliases = Map.copyOf(aliases);
  }
}
