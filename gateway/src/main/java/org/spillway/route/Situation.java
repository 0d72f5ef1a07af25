package org.spillway.route;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of the world at one moment, for {@link Planner}.
 *
 * @param sites the sites there are
 * @param standings how they stand; one without an entry serves
 * @param pauses the sites that take nothing for a while
 * @param canariesOut sites on their way back whose first message is already chosen
 * @param now the time for people
 * @param tick the same moment as a {@link Ticker} tells it
 */
public record Situation(
    Map<SiteName, Site> sites,
    Map<SiteName, Standing> standings,
    Map<SiteName, Pause> pauses,
    Set<SiteName> canariesOut,
    Instant now,
    long tick) {

  Standing standing(SiteName site) {
    Standing known = standings.get(site);
    return known != null
        ? known
        : new Standing(
            new Health.Up(now, "not seen yet"), Standing.Phase.SERVING, tick, Optional.empty());
  }

  Optional<Pause> pause(SiteName site) {
    return Optional.ofNullable(pauses.get(site)).filter(p -> p.until() - tick > 0);
  }

  Instant instant(long later) {
    return now.plusNanos(later - tick);
  }
}
