/**
 * Where a copy may go, decided by pure functions of constraints, health, limits and time. In: sites
 * and routes of the configuration, what the courier saw of each host; out: a {@link
 * org.spillway.route.Plan} that lists the sites to try and every site left out with its reason.
 * Read {@link org.spillway.route.Plan} and {@link org.spillway.route.Planner}, then {@link
 * org.spillway.route.Site}.
 */
package org.spillway.route;
