/**
 * How much mail one client, network, sender, recipient or user may send in a time. In: {@link
 * org.spillway.guard.rate.RateLimit}s and what is sent; out: the limit that is reached. Read {@link
 * org.spillway.guard.rate.RateLimits} first.
 */
package org.spillway.guard.rate;
