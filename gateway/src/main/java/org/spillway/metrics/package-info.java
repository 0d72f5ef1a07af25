/**
 * Counters, gauges and timers by name, on Micrometer. Read {@link org.spillway.metrics.Metrics}.
 */
package org.spillway.metrics;
