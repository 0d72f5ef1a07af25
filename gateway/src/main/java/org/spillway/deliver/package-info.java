/**
 * From the spool to the next mail system. In: entries whose time has come and a {@link
 * org.spillway.route.Plan} for each; out: an {@link org.spillway.deliver.Outcome} for each
 * recipient. Read {@link org.spillway.deliver.Delivering} first: it puts the dispatcher, the
 * delivery route and the prober together; then {@link org.spillway.deliver.Courier}.
 */
package org.spillway.deliver;
