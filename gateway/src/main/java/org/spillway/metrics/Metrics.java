package org.spillway.metrics;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Where every package counts. Names are {@code spillway_…} in Prometheus' form; label values are
 * few and never hold an address.
 */
public interface Metrics {
  /** A place that counts nothing. */
  Metrics NONE =
      new Metrics() {
        @Override
        public void count(String name, String... labels) {}

        @Override
        public void time(String name, Duration took, String... labels) {}

        @Override
        public void gauge(String name, DoubleSupplier value, String... labels) {}
      };

  /** Adds one. Labels come as key, value, key, value. */
  void count(String name, String... labels);

  /** Records how long something took. */
  void time(String name, Duration took, String... labels);

  /** Shows a value whenever metrics are read. */
  void gauge(String name, DoubleSupplier value, String... labels);
}
