package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;
import org.spillway.spool.disk.NoSpace;

/**
 * The segment files: those in use by number, and a pool of spare ones, filled with zeros on disk,
 * so that a force while appending commits no metadata.
 *
 * <pre>
 *   (none) --make--> spare --begin--> in use --seal--> sealed --free--> spare, or removed
 * </pre>
 */
final class Segments {
  private static final int ZERO_BYTES = 1 << 20;
  private static final int STEP_BYTES = 4 << 20;

  /** Spares beyond this are removed. */
  private static final int MAX_SPARES = 4;

  private final Disk disk;
  private final Path directory;
  private final long segmentBytes;
  private final Space space;
  private final ConcurrentSkipListMap<Integer, Segment> inUse = new ConcurrentSkipListMap<>();
  private final ConcurrentLinkedDeque<Path> spares = new ConcurrentLinkedDeque<>();
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final AtomicInteger lastName = new AtomicInteger();

  /** Says whether the log may take more of the disk than it holds. */
  @FunctionalInterface
  interface Space {
    boolean allows(long heldBytes, long moreBytes);
  }

  Segments(Disk disk, Path directory, long segmentBytes, Space space) {
    this.disk = disk;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.space = space;
  }

  Optional<Segment> of(int number) {
    return Optional.ofNullable(inUse.get(number));
  }

  /** Those in use, oldest first. */
  Collection<Segment> inUse() {
    return inUse.values();
  }

  /** Bytes of the files in use, of the last one only as far as it was written. */
  long usedBytes() {
    var last = inUse.lastEntry();
    boolean open = last != null && !last.getValue().isSealed();
    long unwritten = open ? last.getValue().sizeBytes() - last.getValue().end() : 0;
    return usedBytes.get() - unwritten;
  }

  long spareBytes() {
    return spares.size() * segmentBytes;
  }

  int spareCount() {
    return spares.size();
  }

  long segmentBytes() {
    return segmentBytes;
  }

  /** Takes in a segment found at the start. */
  void found(Segment segment) {
    lastNumber.accumulateAndGet(segment.number(), Math::max);
    add(segment);
  }

  /** Takes in a free file found at the start; one of another size is removed. */
  void foundFree(Path file, long size) throws IOException {
    if (size == segmentBytes) {
      spares.add(file);
    } else {
      disk.delete(file);
    }
  }

  /** Keeps a file's name from being used again. */
  void nameTaken(int name) {
    lastName.accumulateAndGet(name, Math::max);
  }

  private void add(Segment segment) {
    inUse.put(segment.number(), segment);
    usedBytes.addAndGet(segment.sizeBytes());
  }

  /**
   * Begins a segment in a spare file. For our own state the last spare may be used up; for mail it
   * stays.
   *
   * @param like head of the segment but for its number
   */
  Tail begin(Head like, DataKey stateKey, Tail.Lent lent, boolean ofOurs) throws IOException {
    Path path = spare(ofOurs);
    int number = lastNumber.incrementAndGet();
    Head head = new Head(like.store(), like.stream(), like.epoch(), number, like.wrappedKey());
    DiskFile file = disk.open(path);
    try {
      file.writeFully(head.encode(), 0);
      Segment segment = new Segment(head, path, stateKey, disk);
      add(segment);
      return new Tail(segment, file, lent);
    } catch (IOException e) {
      file.close();
      spares.add(path);
      throw e;
    }
  }

  private Path spare(boolean ofOurs) throws IOException {
    if (spares.size() < 2) {
      try {
        make();
      } catch (NoSpace e) {
        if (!ofOurs || spares.isEmpty()) {
          throw e;
        }
      }
    }
    Path path = spares.poll();
    if (path == null) {
      throw new NoSpace("no spare segment");
    }
    return path;
  }

  /** Makes one more spare: zeros over its whole length, forced, with its directory. */
  void make() throws IOException {
    if (!space.allows(usedBytes.get() + spareBytes(), segmentBytes)) {
      throw new NoSpace("the spool's capacity is used up");
    }
    Path path = directory.resolve(String.format("seg-%08d.log", lastName.incrementAndGet()));
    try (DiskFile file = disk.open(path)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZERO_BYTES, segmentBytes));
      for (long at = 0; at < segmentBytes; at += zeros.capacity()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), segmentBytes - at));
        file.writeFully(zeros, at);
        if (at % STEP_BYTES == 0) {
          file.force(); // by and by, so that no sender's force has to wait for all of it
        }
      }
      file.force();
    } catch (IOException e) {
      disk.delete(path);
      throw e;
    }
    disk.forceDirectory(directory);
    spares.add(path);
  }

  /**
   * Gives up a segment of which nothing counts: its head says so on disk before the file is used
   * for anything else, so that what it holds is dead for ever (rule 5).
   */
  void free(Segment segment) throws IOException {
    boolean keep = segment.sizeBytes() == segmentBytes && spares.size() < MAX_SPARES;
    try (DiskFile file = disk.open(segment.path())) {
      file.writeFully(Head.encodeFree(), 0);
      file.force();
    }
    inUse.remove(segment.number());
    usedBytes.addAndGet(-segment.sizeBytes());
    segment.close();
    if (keep) {
      spares.add(segment.path());
    } else {
      disk.delete(segment.path());
    }
  }

  void close() throws IOException {
    for (Segment segment : inUse.values()) {
      segment.close();
    }
  }
}
