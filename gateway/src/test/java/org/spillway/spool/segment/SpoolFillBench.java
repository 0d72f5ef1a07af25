package org.spillway.spool.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.spillway.cluster.SoloCluster;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Draft;
import org.spillway.spool.Receipt;
import org.spillway.spool.Samples;
import org.spillway.spool.SpoolSettings;

/**
 * Fills a spool with N messages of some size by some writers at once, then opens it again: the time
 * that takes, the heap it needs, and the time to show every entry. Arguments: directory, messages,
 * bytes, writers.
 */
final class SpoolFillBench {
  private SpoolFillBench() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    int messages = Integer.parseInt(args[1]);
    byte[] piece = Samples.bytes(Math.min(64 << 10, Integer.parseInt(args[2])), 1);
    int pieces = Integer.parseInt(args[2]) / piece.length;
    long start = System.nanoTime();
    try (SoloCluster cluster = SoloCluster.open(directory, "bench");
        SegmentSpool spool = open(directory, cluster)) {
      fill(spool, messages, new Content(piece, pieces), Integer.parseInt(args[3]));
      say("filled", start, heap());
    }
    start = System.nanoTime();
    try (SoloCluster cluster = SoloCluster.open(directory, "bench");
        SegmentSpool spool = open(directory, cluster)) {
      say("opened " + spool.liveEntries(), start, heap());
      start = System.nanoTime();
      LongAdder bytes = new LongAdder();
      spool.forEachLive(entry -> bytes.add(entry.content().sizeBytes()));
      say("showed " + bytes.sum() + " bytes", start, heap());
    }
  }

  private record Content(byte[] piece, int pieces) {}

  private static SegmentSpool open(Path directory, SoloCluster cluster) throws IOException {
    return SegmentSpool.open(
        SpoolSettings.in(directory),
        SegmentSpool.World.of(cluster, InstantSource.system(), Metrics.NONE));
  }

  private static void fill(SegmentSpool spool, int messages, Content content, int writers)
      throws InterruptedException {
    AtomicInteger left = new AtomicInteger(messages);
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      RandomGenerator chance = new SplittableRandom(w);
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (left.getAndDecrement() > 0) {
                      put(spool, EntryId.next(Samples.NOW, chance), content);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void put(SegmentSpool spool, EntryId id, Content content) {
    try (Draft draft = spool.draft(id)) {
      for (int i = 0; i < content.pieces(); i++) {
        draft.write(ByteBuffer.wrap(content.piece()));
      }
      Receipt receipt = draft.commit(Samples.plain(1));
      if (!(receipt instanceof Receipt.Safe)) {
        throw new IOException(receipt.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long heap() {
    System.gc();
    Runtime now = Runtime.getRuntime();
    return now.totalMemory() - now.freeMemory();
  }

  private static void say(String what, long since, long heap) {
    double seconds = (System.nanoTime() - since) / 1e9;
    System.out.printf(
        Locale.ROOT, "%s in %.2f s, heap after GC %.1f MB%n", what, seconds, heap / 1e6);
  }
}
