package org.spillway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PrometheusMetricsTest {
  private final PrometheusMetrics metrics = new PrometheusMetrics();

  @Test
  void countsTimesAndShows() {
    metrics.count("spillway_a_total", "k", "v");
    metrics.count("spillway_a_total", "k", "v");
    metrics.count("spillway_a_total", "k", "w");
    metrics.time("spillway_b", Duration.ofMillis(1500));
    metrics.gauge("spillway_c", () -> 7);
    metrics.gauge("spillway_c", () -> 8);
    assertThat(metrics.scrape().lines())
        .contains(
            "spillway_a_total{k=\"v\"} 2.0",
            "spillway_a_total{k=\"w\"} 1.0",
            "spillway_b_seconds_count 1",
            "spillway_b_seconds_sum 1.5",
            "spillway_c 8.0");
  }

  @Test
  void aMistakeCountsNothingAndFailsNobody() {
    metrics.count("spillway_a_total", "k", "v");
    metrics.count("spillway_a_total", "other", "v");
    metrics.count("spillway_a_total");
    metrics.count("spillway_odd_total", "k");
    metrics.gauge(
        "spillway_bad",
        () -> {
          throw new IllegalStateException();
        });
    assertThat(metrics.scrape().lines())
        .contains("spillway_a_total{k=\"v\"} 1.0", "spillway_bad NaN");
  }
}
