package org.spillway.smtp.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.spillway.metrics.Metrics;

/** Metrics that a test can look at. */
public final class CountingMetrics implements Metrics {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  @Override
  public void count(String name, String... labels) {
    counts.merge(name + String.join(",", labels), 1, Integer::sum);
  }

  @Override
  public void time(String name, Duration took, String... labels) {}

  @Override
  public void gauge(String name, DoubleSupplier value, String... labels) {}

  /** How often a limit was reached. */
  public int limit(String limit) {
    return counts.getOrDefault("spillway_smtp_limit_total" + "limit," + limit, 0);
  }
}
