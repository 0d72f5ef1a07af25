package org.spillway.route;

import java.util.Optional;
import org.spillway.mail.Domain;

/**
 * One host of one site, as an attempt or a probe met it.
 *
 * @param site which site
 * @param host as {@link HostPort#toString} writes it; the MX host for {@link Site.Kind#MX}
 * @param destination the recipient domain, for {@link Site.Kind#MX} only
 */
public record Hop(SiteName site, String host, Optional<Domain> destination) {
  /** A host of a pool, store or relay. */
  public static Hop of(SiteName site, HostPort host) {
    return new Hop(site, host.toString(), Optional.empty());
  }
}
