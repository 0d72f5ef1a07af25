/**
 * Counters, gauges and timers by name, and the small HTTP port that shows them with the health of
 * the node. In: what every package counts; out: Prometheus text and JSON. Read {@link
 * org.spillway.metrics.Metrics} first.
 */
package org.spillway.metrics;
