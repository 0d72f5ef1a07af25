package org.spillway.route;

import java.util.Map;

/**
 * Sites and routes of one configuration; a reload replaces the whole.
 *
 * @param sites by name
 * @param routes which sites carry what
 */
public record Paths(Map<SiteName, Site> sites, RouteTable routes) {
  public Paths {
    sites = Map.copyOf(sites);
  }

  boolean hasMx(RouteTable.Route route) {
    for (SiteName name : route.sites()) {
      Site site = sites.get(name);
      if (site != null && site.kind() == Site.Kind.MX) {
        return true;
      }
    }
    return false;
  }
}
