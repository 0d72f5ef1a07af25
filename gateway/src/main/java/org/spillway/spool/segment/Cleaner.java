package org.spillway.spool.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.EntryId;

/**
 * Gives segments back: at once when nothing in them counts, else after copying forward what still
 * does. The copies, and every DONE on which a segment's death rests, are forced before it goes; and
 * a DONE stays, or is copied, until no segment is left that may hold what it killed.
 */
final class Cleaner {
  private final Segments segments;
  private final Index index;
  private final Reader reader;
  private final LogWriter writer;
  private final Ledger ledger;
  private final OpenAttempts attempts;

  Cleaner(
      Segments segments,
      Index index,
      Reader reader,
      LogWriter writer,
      Ledger ledger,
      OpenAttempts attempts) {
    this.segments = segments;
    this.index = index;
    this.reader = reader;
    this.writer = writer;
    this.ledger = ledger;
    this.attempts = attempts;
  }

  /** Frees every segment of which nothing counts; how many. */
  int freeDead() throws IOException {
    List<Segment> dead = segments.inUse().stream().filter(this::isDead).toList();
    if (dead.isEmpty()) {
      return 0;
    }
    ledger.settleDown(); // the ends that made them dead are noted now, and safe after the force
    if (!force()) {
      return 0;
    }
    int freed = 0;
    for (Segment segment : dead) {
      if (isDead(segment)) {
        segments.free(segment);
        freed++;
      }
    }
    return freed;
  }

  /**
   * The same before the log is open, when all that is there was forced by sealing it.
   *
   * @param needed numbers of segments that stay
   */
  static void freeDeadAtStart(Segments segments, Set<Integer> needed) throws IOException {
    for (Segment segment : List.copyOf(segments.inUse())) {
      if (!needed.contains(segment.number()) && isDead(segments, segment)) {
        segments.free(segment);
      }
    }
  }

  private boolean isDead(Segment segment) {
    return isDead(segments, segment);
  }

  private static boolean isDead(Segments segments, Segment segment) {
    // Pins are looked at first: a draft counts its parts in before it takes its pins away.
    boolean idle = segment.isSealed() && !segment.isPinned();
    return idle && segment.liveBytes() == 0 && !stillKills(segments, segment);
  }

  private static boolean stillKills(Segments segments, Segment segment) {
    return isAnyLeft(segments, segment.oldestKilled(), segment.number() - 1, segment);
  }

  /** True when a segment of that range is left, other than the one that is to go. */
  private static boolean isAnyLeft(Segments segments, int from, int to, Segment going) {
    for (Segment other : segments.inUse()) {
      if (other.number() >= from && other.number() <= to && other != going) {
        return true;
      }
    }
    return false;
  }

  private boolean force() {
    return writer.append(Append.force()) instanceof Result.Done;
  }

  /**
   * The segment that is cheapest to clean, when one is cheap enough.
   *
   * @param most the part of a segment, in percent, that may be worth copying
   * @param spared how many of the youngest sealed segments are left alone, since most in them will
   *     soon be over anyway
   * @param never numbers of segments that could not be cleaned
   */
  Optional<Segment> cheapest(int most, int spared, Set<Integer> never) {
    List<Segment> sealed = new ArrayList<>();
    for (Segment segment : segments.inUse()) {
      if (segment.isSealed()) {
        sealed.add(segment);
      }
    }
    return sealed.subList(0, Math.max(0, sealed.size() - spared)).stream()
        .filter(segment -> !segment.isPinned() && !never.contains(segment.number()))
        .filter(segment -> segment.liveBytes() * 100 <= segment.sizeBytes() * most)
        .min((a, b) -> Long.compare(a.liveBytes(), b.liveBytes()));
  }

  /** Copies forward what counts in a segment and frees it; false when that has to wait. */
  boolean clean(Segment segment) throws IOException {
    int number = segment.number();
    for (Slot slot : index.touching(number)) {
      if (slot.holdsContent(number) && !moveContent(slot, number)) {
        return false;
      }
      if (slot.stateSegment() == number) {
        ledger.moveState(slot.id(), number);
      }
    }
    for (EntryId id : attempts.in(number)) {
      ledger.moveState(id, number);
    }
    ledger.settleDown();
    if (!moveTombstones(segment) || !force()) {
      return false;
    }
    // Looked at before the last force: what made it dead is then safe.
    if (segment.isPinned() || segment.liveBytes() != 0 || !force()) {
      return false;
    }
    segments.free(segment);
    return true;
  }

  private boolean moveContent(Slot slot, int from) throws IOException {
    ByteBuffer old = record(slot.commit());
    ByteBuffer payload = ByteBuffer.allocate(old.remaining() - RecordHeader.BYTES);
    payload.put(old.slice(RecordHeader.BYTES, payload.capacity()));
    for (int n = 0; n < slot.partCount(); n++) {
      Place part = slot.part(n);
      if (part.segment() == from) {
        Optional<Place> moved = append(chunk(slot, n, record(part)));
        if (moved.isEmpty()) {
          return false;
        }
        Place at = moved.get();
        int where = n * LogRecord.PART_BYTES;
        payload.putInt(where, at.segment()).putInt(where + 4, at.offset());
        payload.putInt(where + 8, at.length());
      }
    }
    LogRecord commit =
        new LogRecord(
            RecordType.PUT_COMMIT,
            slot.flags(),
            slot.id(),
            slot.seq(),
            slot.origin(),
            slot.aux(),
            payload.array());
    return writer.append(move(slot, commit)) instanceof Result.Done;
  }

  private Append move(Slot slot, LogRecord commit) {
    return new Append(Optional.of(commit), Append.Until.WRITTEN, true) {
      @Override
      boolean isWanted() {
        return index.find(slot.id()).isPresent();
      }

      @Override
      void written(Stub stub) {
        index.move(slot, stub);
      }
    };
  }

  private static LogRecord chunk(Slot slot, int n, ByteBuffer old) {
    byte[] payload = new byte[old.remaining() - RecordHeader.BYTES];
    old.get(old.position() + RecordHeader.BYTES, payload);
    return new LogRecord(RecordType.PUT_CHUNK, 0, slot.id(), n, 0, 0, payload);
  }

  /** A record, after a look whether it is still what was written. */
  private ByteBuffer record(Place place) throws IOException {
    ByteBuffer record = reader.record(place);
    if (!RecordHeader.isSound(record, record.remaining())) {
      throw new IOException("a damaged record at " + place);
    }
    return record;
  }

  private Optional<Place> append(LogRecord record) {
    Append append = new Append(Optional.of(record), Append.Until.WRITTEN, true);
    return writer.append(append) instanceof Result.Done done
        ? Optional.of(done.place())
        : Optional.empty();
  }

  private boolean moveTombstones(Segment segment) throws IOException {
    Optional<Footer> footer = Footer.read(segment.reader(), segment.head());
    if (footer.isEmpty()) {
      throw new IOException("segment " + segment.number() + " lost its footer");
    }
    for (Stub stub : footer.get().stubs()) {
      boolean done = stub.type() == RecordType.DONE;
      if (done && isAnyLeft(segments, stub.origin(), stub.aux(), segment)) {
        LogRecord again =
            new LogRecord(
                RecordType.DONE,
                0,
                stub.id(),
                stub.seq(),
                stub.origin(),
                stub.aux(),
                LogRecord.EMPTY);
        if (append(again).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }
}
