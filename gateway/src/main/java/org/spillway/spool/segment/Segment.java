package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.spillway.spool.crypt.DataKey;
import org.spillway.spool.disk.Disk;
import org.spillway.spool.disk.DiskFile;

/** One file of the log that is in use, and what is known of how much of it still counts. */
final class Segment {
  private static final int NO_TOMBSTONE = Integer.MAX_VALUE;

  private final Head head;
  private final Path path;
  private final long sizeBytes;
  private final DataKey stateKey;
  private final DiskFile reader;
  private final AtomicLong live = new AtomicLong();
  private final AtomicInteger pins = new AtomicInteger();
  private final AtomicInteger oldestKilled = new AtomicInteger(NO_TOMBSTONE);
  private volatile boolean sealed;
  private volatile int end = Head.BYTES;

  Segment(Head head, Path path, DataKey stateKey, Disk disk) throws IOException {
    this.head = head;
    this.path = path;
    this.stateKey = stateKey;
    reader = disk.openToRead(path);
    sizeBytes = reader.sizeBytes();
  }

  Head head() {
    return head;
  }

  int number() {
    return head.number();
  }

  Path path() {
    return path;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  DataKey stateKey() {
    return stateKey;
  }

  DiskFile reader() {
    return reader;
  }

  /** Bytes of a record from one offset on. */
  ByteBuffer read(int offset, int length) throws IOException {
    ByteBuffer bytes = reader.readFully(ByteBuffer.allocate(length), offset);
    if (bytes.remaining() < length) {
      throw new IOException(path + " ends at a record");
    }
    return bytes;
  }

  /** Counts bytes that still matter in, or out when negative. */
  void count(long bytes) {
    live.addAndGet(bytes);
  }

  long liveBytes() {
    return live.get();
  }

  /** Keeps it from being freed while a draft has parts in it. */
  void pin() {
    pins.incrementAndGet();
  }

  void unpin() {
    pins.decrementAndGet();
  }

  boolean isPinned() {
    return pins.get() > 0;
  }

  /** Notes that a DONE in it keeps something dead that was accepted in segment {@code origin}. */
  void killed(int origin) {
    oldestKilled.accumulateAndGet(origin, Math::min);
  }

  /** The oldest segment that its DONE records speak of; none: a number above all. */
  int oldestKilled() {
    return oldestKilled.get();
  }

  /** Where its records end so far. */
  int end() {
    return end;
  }

  void endsAt(int offset) {
    end = offset;
  }

  void seal() {
    sealed = true;
  }

  boolean isSealed() {
    return sealed;
  }

  void close() throws IOException {
    reader.close();
  }
}
