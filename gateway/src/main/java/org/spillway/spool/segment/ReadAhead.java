package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the metas of many entries in turn: where the next ones lie close behind, one large read
 * serves them all, since many small ones are several times slower on a cold disk.
 */
final class ReadAhead {
  private static final int WINDOW_BYTES = 1 << 20;
  private static final int NEAR_BYTES = 128 << 10;

  private final Slot[] slots;
  private final Reader reader;
  private final Segments segments;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private int segment;
  private int start;

  ReadAhead(Slot[] slots, Reader reader, Segments segments) {
    this.slots = slots;
    this.reader = reader;
    this.segments = segments;
  }

  /** The meta of the entry in that place of the order; empty when it is better read by itself. */
  Optional<Meta> meta(int i, Slot slot) {
    int from = slot.offset() + RecordHeader.BYTES + slot.partCount() * LogRecord.PART_BYTES;
    int length = slot.offset() + RecordHeader.BYTES + slot.aux() - from;
    if (!holds(slot.segment(), from, length) && !load(i, slot, from, length)) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.meta(window.slice(from - start, length)));
    } catch (IOException e) {
      return Optional.empty(); // it moved: it will be read by itself
    }
  }

  private boolean holds(int number, int from, int length) {
    return number == segment && from >= start && from + length <= start + window.limit();
  }

  private boolean load(int i, Slot slot, int from, int length) {
    Optional<Segment> found = segments.of(slot.segment());
    boolean near =
        i + 1 < slots.length
            && slots[i + 1].segment() == slot.segment()
            && Math.abs((long) slots[i + 1].offset() - slot.offset()) < NEAR_BYTES;
    if (found.isEmpty() || !near || length > WINDOW_BYTES) {
      return false;
    }
    window = window.capacity() == 0 ? ByteBuffer.allocate(WINDOW_BYTES) : window.clear();
    segment = 0;
    try {
      found.get().reader().readFully(window, from);
    } catch (IOException e) {
      window.limit(0);
      return false;
    }
    segment = slot.segment();
    start = from;
    return holds(slot.segment(), from, length);
  }
}
