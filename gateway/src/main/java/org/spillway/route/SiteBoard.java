package org.spillway.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the sites stand, and what an admin may change of it. */
public interface SiteBoard {
  /** Every site, in the order of names. */
  List<SiteStatus> statuses();

  /** Sets an admin's override in place of the one before. */
  void pin(SiteName site, Pin pin);

  /** Ends an override; false when there was none. */
  boolean unpin(SiteName site);

  /**
   * One site.
   *
   * @param site which
   * @param kind what it is
   * @param health of the site as a whole
   * @param pin the override in force
   * @param hosts health of each host, by host:port
   * @param lastReply the last words a host said, with the step
   */
  record SiteStatus(
      SiteName site,
      Site.Kind kind,
      Health health,
      Optional<Pin> pin,
      Map<String, Health> hosts,
      String lastReply) {}
}
