package org.spillway.spool.segment;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.spillway.mail.EntryId;

/**
 * The 64 bytes before each payload, big-endian: magic 4, payload length 4, CRC32C 4, type 1, format
 * version 1, flags 2, stream 8, epoch 4, segment 4, entry id 16, seq 8, origin 4, aux 4. The CRC is
 * over header and payload with its own field as zero. A segment that was used before still holds
 * records of its former life: the segment's number in each tells them apart.
 */
record RecordHeader(int payloadLength, long stream, int epoch, Stub stub) {
  static final int BYTES = 64;
  static final int MAGIC = 0x53505731;
  static final byte VERSION = 1;
  private static final int CRC_AT = 8;
  private static final int SEGMENT_AT = 28;

  /** Appends a record to the buffer; there must be room. */
  static void write(ByteBuffer to, LogRecord record, Stub stub, Head head) {
    int start = to.position();
    byte[] payload = record.payload();
    to.putInt(MAGIC).putInt(payload.length).putInt(0);
    to.put((byte) stub.type().code).put(VERSION).putShort((short) stub.flags());
    to.putLong(head.stream()).putInt(head.epoch()).putInt(head.number());
    to.putLong(stub.id().high()).putLong(stub.id().low());
    to.putLong(stub.seq()).putInt(stub.origin()).putInt(stub.aux());
    to.put(payload);
    to.putInt(start + CRC_AT, crc(to, start, BYTES + payload.length));
  }

  private static int crc(ByteBuffer bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(start, length));
    return (int) crc.getValue();
  }

  /**
   * Reads the record at the buffer's position, as far as its first 64 bytes tell.
   *
   * @param offset where in the segment's file that is
   * @return empty when no record of any segment begins there
   */
  static Optional<RecordHeader> read(ByteBuffer bytes, int offset) {
    if (bytes.remaining() < BYTES || bytes.getInt(bytes.position()) != MAGIC) {
      return Optional.empty();
    }
    ByteBuffer from = bytes.slice(bytes.position(), BYTES);
    int length = from.getInt(4);
    Optional<RecordType> type = RecordType.of(from.get(12));
    int flags = from.getShort(14) & 0xffff;
    boolean sound = length >= 0 && length <= Integer.MAX_VALUE - BYTES && from.get(13) == VERSION;
    if (!sound || type.isEmpty()) {
      return Optional.empty();
    }
    int parts = LogRecord.parts(type.get(), flags) * LogRecord.PART_BYTES;
    if (parts > length) {
      return Optional.empty();
    }
    Place place = new Place(from.getInt(SEGMENT_AT), offset, BYTES + length);
    EntryId id = new EntryId(from.getLong(32), from.getLong(40));
    Stub stub =
        new Stub(
            type.get(),
            flags,
            id,
            from.getLong(48),
            from.getInt(56),
            from.getInt(60),
            place,
            Stub.NO_PARTS);
    return Optional.of(new RecordHeader(length, from.getLong(16), from.getInt(24), stub));
  }

  /** True when the CRC over the whole record at the buffer's position fits. */
  static boolean isSound(ByteBuffer bytes, int length) {
    ByteBuffer record = bytes.slice(bytes.position(), length);
    CRC32C crc = new CRC32C();
    crc.update(record.slice(0, CRC_AT));
    crc.update(ByteBuffer.wrap(new byte[Integer.BYTES]));
    crc.update(record.slice(CRC_AT + 4, length - CRC_AT - 4));
    return (int) crc.getValue() == record.getInt(CRC_AT);
  }

  /** The stub with its parts, from the whole record at the buffer's position. */
  Stub stubWithParts(ByteBuffer bytes) {
    int ints = LogRecord.parts(stub.type(), stub.flags()) * 3;
    if (ints == 0) {
      return stub;
    }
    ByteBuffer payload = bytes.slice(bytes.position() + BYTES, payloadLength);
    return new Stub(
        stub.type(),
        stub.flags(),
        stub.id(),
        stub.seq(),
        stub.origin(),
        stub.aux(),
        stub.place(),
        Stub.ints(payload, ints));
  }

  /** True when it was written to that segment, in that stream and epoch. */
  boolean belongsTo(Head head) {
    return stub.place().segment() == head.number()
        && stream == head.stream()
        && epoch == head.epoch();
  }
}
