package org.spillway.guard.grey;

/**
 * What is remembered of a triplet or of a network.
 *
 * @param first seconds since the epoch when it was first seen
 * @param last when it was last seen; for one that passes to the hour
 * @param passes 0 while it has not come back; of a network, its triplets that did
 */
record GreyRow(long first, long last, int passes) {}
