package org.spillway.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;

/** Heap, collections, threads: the few values of the JVM that say whether it is well. */
final class JvmGauges {
  private static final double MILLIS = 1_000;

  private JvmGauges() {}

  static void register(Metrics metrics) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    metrics.gauge("jvm_heap_used_bytes", () -> memory.getHeapMemoryUsage().getUsed());
    metrics.gauge("jvm_heap_max_bytes", () -> memory.getHeapMemoryUsage().getMax());
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    metrics.gauge(
        "jvm_gc_time_seconds",
        () ->
            collectors.stream().mapToLong(gc -> Math.max(0, gc.getCollectionTime())).sum()
                / MILLIS);
    metrics.gauge(
        "jvm_gc_collections",
        () -> collectors.stream().mapToLong(gc -> Math.max(0, gc.getCollectionCount())).sum());
    metrics.gauge(
        "jvm_platform_threads", () -> ManagementFactory.getThreadMXBean().getThreadCount());
    metrics.gauge(
        "jvm_uptime_seconds", () -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS);
  }
}
