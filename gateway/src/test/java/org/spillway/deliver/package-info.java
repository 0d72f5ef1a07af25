/**
 * Failover stories in virtual time, one a class, and what they stand on: {@link
 * org.spillway.deliver.World} runs every worker in turn on one thread at a time, so that an hour
 * takes a moment and each run is the same. Read {@link org.spillway.deliver.Story} first.
 */
package org.spillway.deliver;
