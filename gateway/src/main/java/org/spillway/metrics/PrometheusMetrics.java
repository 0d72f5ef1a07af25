package org.spillway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters in Prometheus' text form. Counting is a look-up and an addition; a meter that cannot be
 * (same name with other labels, odd labels) is said once in the log and then counts nothing, since
 * counting must never fail mail.
 */
public final class PrometheusMetrics implements Metrics {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusMetrics.class);
  private static final int MOST_METERS = 5_000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Key, Optional<Counter>> counters = new ConcurrentHashMap<>();
  private final Map<Key, Optional<Timer>> timers = new ConcurrentHashMap<>();
  private final Map<Key, Meter> gauges = new ConcurrentHashMap<>();
  private final Map<String, String> shapes = new ConcurrentHashMap<>();

  /** A registry with the few values of the JVM that say whether it is well. */
  public PrometheusMetrics() {
    JvmGauges.register(this);
  }

  /** A meter's name and labels; compared by content, made at each call without copying. */
  private record Key(String name, String... labels) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && name.equals(key.name) && Arrays.equals(labels, key.labels);
    }

    @Override
    public int hashCode() {
      return name.hashCode() * 31 + Arrays.hashCode(labels);
    }

    /** The label names alone, which Prometheus wants alike for a name. */
    String shape() {
      StringBuilder names = new StringBuilder();
      for (int i = 0; i < labels.length; i += 2) {
        names.append(labels[i]).append(' ');
      }
      return names.toString();
    }
  }

  @Override
  public void count(String name, String... labels) {
    Key key = new Key(name, labels);
    Optional<Counter> counter = counters.get(key);
    if (counter == null) {
      counter =
          counters.computeIfAbsent(
              key,
              k -> possible(k).map(tags -> Counter.builder(name).tags(tags).register(registry)));
    }
    counter.ifPresent(Counter::increment);
  }

  @Override
  public void time(String name, Duration took, String... labels) {
    Key key = new Key(name, labels);
    Optional<Timer> timer = timers.get(key);
    if (timer == null) {
      timer =
          timers.computeIfAbsent(
              key, k -> possible(k).map(tags -> Timer.builder(name).tags(tags).register(registry)));
    }
    timer.ifPresent(t -> t.record(took.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Shows a value; one of the same name and labels takes the place of the one before. */
  @Override
  public void gauge(String name, DoubleSupplier value, String... labels) {
    Key key = new Key(name, labels.clone());
    synchronized (gauges) {
      Meter before = gauges.remove(key);
      if (before != null) {
        registry.remove(before);
      }
      possible(key)
          .map(
              tags ->
                  Gauge.builder(name, value, PrometheusMetrics::safely)
                      .tags(tags)
                      .strongReference(true)
                      .register(registry))
          .ifPresent(gauge -> gauges.put(key, gauge));
    }
  }

  private static double safely(DoubleSupplier value) {
    try {
      return value.getAsDouble();
    } catch (RuntimeException failed) {
      return Double.NaN; // one broken value must not hide the others
    }
  }

  private Optional<Tags> possible(Key key) {
    if (key.labels.length % 2 != 0 || counters.size() + timers.size() >= MOST_METERS) {
      LOG.warn("The metric {} has odd labels, or there are too many metrics", key.name);
      return Optional.empty();
    }
    String shape = shapes.computeIfAbsent(key.name, _ -> key.shape());
    if (!shape.equals(key.shape())) {
      LOG.warn("The metric {} has the labels {}and is not counted with others", key.name, shape);
      return Optional.empty();
    }
    return Optional.of(Tags.of(key.labels));
  }

  /** All meters in Prometheus' text format 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }
}
