package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.spillway.cluster.Cluster;
import org.spillway.cluster.Lease;
import org.spillway.cluster.Stream;
import org.spillway.mail.EntryId;
import org.spillway.metrics.Metrics;
import org.spillway.spool.Entry;
import org.spillway.spool.Samples;
import org.spillway.spool.Spool;
import org.spillway.spool.SpoolSettings;

/** Opens small spools on a faulty disk, through a cluster whose partner and lease can fail. */
final class Rig {
  static final Path DIRECTORY = Path.of("/faulty");
  static final Path LOG = DIRECTORY.resolve("log");

  private final Path keyFile;
  private final UUID store = new UUID(1, 2);
  private final AtomicInteger epoch = new AtomicInteger();
  private final AtomicBoolean lease = new AtomicBoolean(true);
  private CompletionStage<Integer> copied = CompletableFuture.completedStage(1);
  private OptionalLong capacity = OptionalLong.empty();
  private long cacheBytes = 20_000;

  Rig(Path keyDirectory) {
    keyFile = keyDirectory.resolve("key");
  }

  void lease(boolean runs) {
    lease.set(runs);
  }

  void copied(CompletionStage<Integer> answer) {
    copied = answer;
  }

  void capacity(long bytes) {
    capacity = OptionalLong.of(bytes);
  }

  void cacheBytes(long bytes) {
    cacheBytes = bytes;
  }

  SegmentSpool open(FaultyDisk disk) throws IOException {
    return open(disk, 64 << 10, InstantSource.fixed(Samples.NOW));
  }

  SegmentSpool open(FaultyDisk disk, long segmentBytes, InstantSource clock) throws IOException {
    SpoolSettings settings =
        new SpoolSettings(DIRECTORY, keyFile, segmentBytes, 40_000, capacity, cacheBytes);
    return SegmentSpool.open(
        settings, new SegmentSpool.World(new Node(), disk, clock, Metrics.NONE));
  }

  static List<EntryId> live(Spool spool) throws IOException {
    List<EntryId> ids = new ArrayList<>();
    spool.forEachLive(entry -> ids.add(entry.id()));
    return ids;
  }

  static List<Entry> entries(Spool spool) throws IOException {
    List<Entry> entries = new ArrayList<>();
    spool.forEachLive(entries::add);
    return entries;
  }

  /** Closes a spool whose disk may be gone. */
  static void drop(SegmentSpool spool) {
    try {
      spool.close();
    } catch (IOException e) {
      // That is what it was broken for.
    }
  }

  private final class Node implements Cluster, Stream {
    private final int mine = epoch.incrementAndGet();

    @Override
    public String node() {
      return "rig";
    }

    @Override
    public UUID storeId() {
      return store;
    }

    @Override
    public Stream openStream() {
      return this;
    }

    @Override
    public Lease lease() {
      return lease::get;
    }

    @Override
    public long number() {
      return 1;
    }

    @Override
    public int epoch() {
      return mine;
    }

    @Override
    public void copy(ByteBuffer records) {}

    @Override
    public void copyAside(String file, long position, ByteBuffer bytes) {}

    @Override
    public CompletionStage<Integer> copied() {
      return copied;
    }

    @Override
    public void close() {}
  }
}
