package org.spillway.route;

import java.util.Optional;
import java.util.TreeSet;
import org.spillway.mail.Direction;
import org.spillway.policy.Constraints;
import org.spillway.route.Plan.LeftOut;
import org.spillway.route.Plan.Why;

/** The reasons against a site that time does not mend; the first one found is given. */
final class Eligibility {
  private Eligibility() {}

  /**
   * Why the site can not take it, or empty when it can.
   *
   * @param first true for the first site of the route, where the mail belongs
   */
  static Optional<LeftOut> objection(Ask ask, long sizeBytes, Site site, boolean first) {
    Optional<LeftOut> found = path(ask, site);
    if (found.isEmpty()) {
      found = sender(ask, site);
    }
    if (found.isEmpty()) {
      found = constraints(ask.constraints(), site);
    }
    if (found.isEmpty() && !first && !ask.constraints().spill() && ask.unknownAt().isEmpty()) {
      found = out(site, Why.SPILL_FORBIDDEN, "it may go to its first site only" + rules(ask));
    }
    return found.isPresent() ? found : copy(ask, sizeBytes, site);
  }

  private static Optional<LeftOut> path(Ask ask, Site site) {
    if (ask.unknownAt().isPresent() && !ask.unknownAt().get().equals(site.name())) {
      return out(
          site,
          Why.UNKNOWN_OUTCOME_ELSEWHERE,
          "it may have been delivered by " + ask.unknownAt().get());
    }
    boolean carries =
        site.directions().contains(ask.direction())
            || ask.direction() == Direction.INTERNAL
                && site.directions().contains(Direction.INBOUND);
    if (!carries) {
      return out(site, Why.DIRECTION, "it does not carry " + ask.direction() + " mail");
    }
    return hosted(ask, site)
        ? Optional.empty()
        : out(site, Why.NOT_HOSTED, "it does not host " + ask.domain().orElseThrow());
  }

  /**
   * Mail to our domains goes only where they are hosted: a mere relay would look up our MX and send
   * it straight back. The first site of a route needs no list when it is a server of ours.
   */
  private static boolean hosted(Ask ask, Site site) {
    if (ask.direction() == Direction.OUTBOUND || ask.domain().isEmpty()) {
      return true;
    }
    boolean listed = site.hostsDomains().contains(ask.domain().get());
    boolean first = ask.route().map(r -> r.sites().getFirst().equals(site.name())).orElse(false);
    return listed || first && site.isOurs() && site.hostsDomains().isEmpty();
  }

  private static Optional<LeftOut> sender(Ask ask, Site site) {
    if (ask.nullSender() && !site.nullSender()) {
      return out(site, Why.NULL_SENDER, "it refuses the null sender");
    }
    boolean allowed =
        ask.from().isEmpty()
            || site.allowedFrom().isEmpty()
            || site.allowedFrom().contains(ask.from().get());
    return allowed
        ? Optional.empty()
        : out(site, Why.SENDER_NOT_ALLOWED, "it may not send for " + ask.from().get());
  }

  private static Optional<LeftOut> constraints(Constraints demand, Site site) {
    if (demand.denied().contains(site.name().text())) {
      return excluded(site, demand, "the site is denied");
    }
    if (demand.tls().compareTo(site.tls().floor()) > 0) {
      return excluded(
          site, demand, "TLS " + demand.tls() + " is demanded, it has " + site.tls().floor());
    }
    if (demand.regions().isPresent()
        && !site.region().map(demand.regions().get()::contains).orElse(false)) {
      return excluded(
          site,
          demand,
          "region must be one of "
              + new TreeSet<>(demand.regions().get())
              + ", it is "
              + site.region().orElse("not said"));
    }
    if (!site.agreements().containsAll(demand.agreements())) {
      TreeSet<String> missing = new TreeSet<>(demand.agreements());
      missing.removeAll(site.agreements());
      return excluded(site, demand, "it lacks the agreements " + missing);
    }
    return Optional.empty();
  }

  private static Optional<LeftOut> excluded(Site site, Constraints demand, String detail) {
    return out(site, Why.CONSTRAINTS, detail + " (rules " + new TreeSet<>(demand.rules()) + ")");
  }

  private static Optional<LeftOut> copy(Ask ask, long sizeBytes, Site site) {
    Refusal refusal = ask.refused().get(site.name());
    if (refusal != null) {
      return out(site, Why.REFUSED_BEFORE, refusal.why());
    }
    var limit = site.limits().sizeBytes();
    return limit.isEmpty() || sizeBytes <= limit.getAsLong()
        ? Optional.empty()
        : out(site, Why.SIZE, sizeBytes + " bytes, it takes " + limit.getAsLong());
  }

  private static String rules(Ask ask) {
    return ask.constraints().rules().isEmpty()
        ? ""
        : " (rules " + new TreeSet<>(ask.constraints().rules()) + ")";
  }

  private static Optional<LeftOut> out(Site site, Why why, String detail) {
    return Optional.of(new LeftOut(site.name(), why, detail));
  }
}
