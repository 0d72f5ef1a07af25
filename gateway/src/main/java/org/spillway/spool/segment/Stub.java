package org.spillway.spool.segment;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.spillway.mail.EntryId;

/**
 * What the index needs of a record that has a place; read from the record itself or from a footer.
 *
 * @param parts segment, offset and length of each part, of PUT_COMMIT only
 */
record Stub(
    RecordType type,
    int flags,
    EntryId id,
    long seq,
    int origin,
    int aux,
    Place place,
    int[] parts) {
  private static final int FIXED_BYTES = 1 + 2 + 4 + 4 + 16 + 8 + 4 + 4;

  static final int[] NO_PARTS = {};

  /** What it takes in a footer. */
  static int footerBytes(LogRecord record) {
    return FIXED_BYTES + record.partInts() * Integer.BYTES;
  }

  static Stub of(LogRecord record, Place place) {
    int origin = record.origin() == 0 ? place.segment() : record.origin();
    boolean done = record.type() == RecordType.DONE;
    int aux = done && record.aux() == 0 ? place.segment() : record.aux();
    int[] parts = ints(ByteBuffer.wrap(record.payload()), record.partInts());
    return new Stub(
        record.type(), record.flags(), record.id(), record.seq(), origin, aux, place, parts);
  }

  static int[] ints(ByteBuffer from, int count) {
    if (count == 0) {
      return NO_PARTS;
    }
    int[] ints = new int[count];
    for (int i = 0; i < count; i++) {
      ints[i] = from.getInt();
    }
    return ints;
  }

  void write(ByteBuffer to) {
    to.put((byte) type.code).putShort((short) flags);
    to.putInt(place.offset()).putInt(place.length());
    to.putLong(id.high()).putLong(id.low());
    to.putLong(seq).putInt(origin).putInt(aux);
    for (int part : parts) {
      to.putInt(part);
    }
  }

  /** The next one of a footer; empty when the bytes cannot be one. */
  static Optional<Stub> read(ByteBuffer from, int segment) {
    if (from.remaining() < FIXED_BYTES) {
      return Optional.empty();
    }
    Optional<RecordType> type = RecordType.of(from.get());
    int flags = from.getShort() & 0xffff;
    Place place = new Place(segment, from.getInt(), from.getInt());
    EntryId id = new EntryId(from.getLong(), from.getLong());
    long seq = from.getLong();
    int origin = from.getInt();
    int aux = from.getInt();
    int ints = type.map(t -> LogRecord.parts(t, flags) * 3).orElse(0);
    if (type.isEmpty() || from.remaining() < ints * Integer.BYTES) {
      return Optional.empty();
    }
    return Optional.of(new Stub(type.get(), flags, id, seq, origin, aux, place, ints(from, ints)));
  }
}
