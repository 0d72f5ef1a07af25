package org.spillway.route;

import java.util.List;
import java.util.function.ToIntFunction;

/** Which hosts of a pool to try, and in what order. */
public interface HostOrder {
  /**
   * The hosts for one attempt, best first. A host that is down is left out unless all are (then all
   * are given: the caller was told to try).
   *
   * @param site the pool; never of {@link Site.Kind#MX}
   * @param busy connections to a host that are in use at this moment
   */
  List<HostPort> order(Site site, ToIntFunction<HostPort> busy);
}
