package org.spillway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Metrics in Prometheus' form. A meter is looked up once and then found by its name and labels. */
public final class PrometheusMetrics implements Metrics, AutoCloseable {
  private static final String TOTAL = "_total";
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String name, List<String> labels) {}

  /** Metrics with those of the JVM. */
  public PrometheusMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  @Override
  public void count(String name, String... labels) {
    counters.computeIfAbsent(new Key(name, Arrays.asList(labels)), this::counter).increment();
  }

  private Counter counter(Key key) {
    String base =
        key.name().endsWith(TOTAL)
            ? key.name().substring(0, key.name().length() - TOTAL.length())
            : key.name();
    return registry.counter(base, tags(key));
  }

  @Override
  public void time(String name, Duration took, String... labels) {
    timers
        .computeIfAbsent(
            new Key(name, Arrays.asList(labels)), k -> registry.timer(k.name(), tags(k)))
        .record(took);
  }

  @Override
  public void gauge(String name, DoubleSupplier value, String... labels) {
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .tags(Tags.of(labels))
        .strongReference(true)
        .register(registry);
  }

  private static Tags tags(Key key) {
    return Tags.of(key.labels().toArray(String[]::new));
  }

  /** All of it as Prometheus reads it. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
