package org.spillway.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.ReversePath;
import org.spillway.policy.Constraints;

/**
 * All that decides where recipients may go, but for size and the state of the world. Recipients
 * with equal asks share a plan, and waiting mail shares the asks themselves.
 *
 * @param direction which way the copy goes
 * @param route the line of the route table for them; empty when there is none
 * @param domain the recipient domain, where it matters: for mail to our domains, and where the
 *     route has a site that is spoken to per domain
 * @param from the sender's domain, where it matters: for mail to the world
 * @param nullSender true for {@code <>}
 * @param constraints of the copy
 * @param unknownAt the only path allowed since an outcome was lost there (invariant 4)
 * @param refused sites that refused this copy for a reason that will not pass
 */
public record Ask(
    Direction direction,
    Optional<RouteTable.Route> route,
    Optional<Domain> domain,
    Optional<Domain> from,
    boolean nullSender,
    Constraints constraints,
    Optional<SiteName> unknownAt,
    Map<SiteName, Refusal> refused) {
  public Ask {
    refused = Map.copyOf(refused);
  }

  /** The ask of a recipient that was not tried yet. */
  public static Ask of(
      Direction direction, Domain domain, ReversePath from, Constraints constraints, Paths paths) {
    Optional<RouteTable.Route> route = paths.routes().route(direction, domain);
    boolean outbound = direction == Direction.OUTBOUND;
    boolean perDomain = !outbound || route.isEmpty() || paths.hasMx(route.get());
    return new Ask(
        direction,
        route,
        perDomain ? Optional.of(domain) : Optional.empty(),
        outbound ? from.address().map(a -> a.domain()) : Optional.empty(),
        from.isNull(),
        constraints,
        Optional.empty(),
        Map.of());
  }

  /** The sites of the route, in order; an unknown outcome's site is always among them. */
  public List<SiteName> sites() {
    List<SiteName> sites = route.map(RouteTable.Route::sites).orElse(List.of());
    if (unknownAt.isEmpty() || sites.contains(unknownAt.get())) {
      return sites;
    }
    List<SiteName> more = new java.util.ArrayList<>(sites);
    more.add(unknownAt.get());
    return more;
  }

  /** The same ask, bound to the path where its outcome was lost. */
  public Ask boundTo(Optional<SiteName> site) {
    return new Ask(direction, route, domain, from, nullSender, constraints, site, refused);
  }

  /** The same ask, with one more site that refused it. */
  public Ask refusedBy(SiteName site, Refusal refusal) {
    Map<SiteName, Refusal> more = new HashMap<>(refused);
    more.put(site, refusal);
    return new Ask(direction, route, domain, from, nullSender, constraints, unknownAt, more);
  }
}
