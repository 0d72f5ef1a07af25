package org.spillway.spool.segment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.spillway.cluster.SoloCluster;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Draft;
import org.spillway.spool.Receipt;
import org.spillway.spool.Samples;
import org.spillway.spool.SpoolSettings;

/**
 * Measures the segment log: each of N writers puts a message in and goes on when it is safe; 1,000
 * live messages are kept in all, then the oldest is read back, attempted and settled. Arguments:
 * directory, seconds, size in bytes, then the numbers of writers.
 */
final class SpoolBench {
  private static final int LIVE = 1000;

  private final SegmentSpool spool;
  private final byte[] content;
  private final int writers;

  private SpoolBench(SegmentSpool spool, int bytes, int writers) {
    this.spool = spool;
    this.writers = writers;
    content = Samples.bytes(bytes, 1);
  }

  public static void main(String[] args) throws Exception {
    Path base = Path.of(args[0]);
    for (int i = 3; i < args.length; i++) {
      Path directory = Files.createTempDirectory(Files.createDirectories(base), "bench");
      try (SoloCluster cluster = SoloCluster.open(directory, "bench");
          SegmentSpool spool =
              SegmentSpool.open(
                  SpoolSettings.in(directory),
                  SegmentSpool.World.of(cluster, InstantSource.system(), Metrics.NONE))) {
        SpoolBench bench =
            new SpoolBench(spool, Integer.parseInt(args[2]), Integer.parseInt(args[i]));
        bench.run(Integer.parseInt(args[1]), false);
        bench.run(Integer.parseInt(args[1]), true);
      }
    }
  }

  private void run(int seconds, boolean told) throws InterruptedException {
    SegmentSpool.Figures before = spool.figures();
    long cpu = cpuNanos();
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    List<List<Long>> times = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      List<Long> mine = new ArrayList<>();
      times.add(mine);
      RandomGenerator chance = new SplittableRandom(start + w);
      threads.add(Thread.ofVirtual().start(() -> write(end, mine, chance)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] all = times.stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
    SegmentSpool.Figures after = spool.figures();
    if (told) {
      say(all, took, (cpuNanos() - cpu) / 1e9, after.forces() - before.forces());
    }
  }

  private void say(long[] all, double took, double cpu, long forces) {
    System.out.printf(
        Locale.ROOT,
        "%d B x %d writers: %.0f msg/s, CPU %.3f s per 1,000, p50 %.2f ms, p99 %.2f ms,"
            + " %.3f flushes a message%n",
        content.length,
        writers,
        all.length / took,
        cpu * 1000 / all.length,
        all[all.length / 2] / 1e6,
        all[(int) (all.length * 0.99)] / 1e6,
        (double) forces / all.length);
  }

  private void write(long end, List<Long> times, RandomGenerator chance) {
    Deque<EntryId> live = new ArrayDeque<>();
    byte[] sink = new byte[16 << 10];
    try {
      while (System.nanoTime() < end) {
        long from = System.nanoTime();
        live.add(put(EntryId.next(Samples.NOW, chance)));
        times.add(System.nanoTime() - from);
        if (live.size() > LIVE / writers) {
          deliver(live.remove(), sink);
        }
      }
      while (!live.isEmpty()) {
        spool.settle(live.remove(), Map.of(0, Samples.delivered()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EntryId put(EntryId id) throws IOException {
    try (Draft draft = spool.draft(id)) {
      draft.write(ByteBuffer.wrap(content));
      Receipt receipt = draft.commit(Samples.plain(1));
      if (!(receipt instanceof Receipt.Safe)) {
        throw new IOException(receipt.toString());
      }
      return id;
    }
  }

  private void deliver(EntryId id, byte[] sink) throws IOException {
    try (InputStream in = spool.entry(id).orElseThrow().content().open()) {
      while (in.read(sink) >= 0) {
        Arrays.fill(sink, 0, 1, (byte) 0);
      }
    }
    spool.attempt(id, List.of(0), Samples.ONPREM, "10.0.0.5");
    spool.settle(id, Map.of(0, Samples.delivered()));
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
