package org.spillway.spool.segment;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.spillway.spool.crypt.DataKey;

/**
 * The start of a segment's file: magic 8, kind 1, version 1, store id 16, stream 8, epoch 4, number
 * 4, the wrapped key of its state records, CRC32C 4. It fits the first sector, which a disk writes
 * whole or not at all.
 *
 * @param store identity of the disk it was written on
 * @param stream whose records it holds
 * @param epoch of that stream
 * @param number rises with each segment begun; 1 or more
 * @param wrappedKey of the state records in it
 */
record Head(UUID store, long stream, int epoch, int number, ByteBuffer wrappedKey) {
  /** Where the records begin: a block, so that no record shares one with the head. */
  static final int BYTES = 4096;

  private static final int SECTOR = 512;
  private static final long MAGIC = 0x5350574c53454731L;
  private static final byte VERSION = 1;
  private static final byte USED = 1;
  private static final byte FREE = 2;
  private static final int CRC_AT = 8 + 1 + 1 + 16 + 8 + 4 + 4 + DataKey.WRAPPED_BYTES;

  /** What a first sector can be. */
  sealed interface Kind {
    /** A segment in use. */
    record Used(Head head) implements Kind {}

    /** A segment that may be used: freed, or never used. */
    record Free() implements Kind {}

    /** Neither; nobody should touch it. */
    record Damaged(String why) implements Kind {}
  }

  /** The first sector of a segment in use. */
  ByteBuffer encode() {
    ByteBuffer to = ByteBuffer.allocate(SECTOR);
    to.putLong(MAGIC).put(USED).put(VERSION);
    to.putLong(store.getMostSignificantBits()).putLong(store.getLeastSignificantBits());
    to.putLong(stream).putInt(epoch).putInt(number).put(wrappedKey.duplicate());
    return closed(to);
  }

  /** The first sector of a free segment: whatever follows it is dead. */
  static ByteBuffer encodeFree() {
    return closed(ByteBuffer.allocate(SECTOR).putLong(MAGIC).put(FREE).put(VERSION));
  }

  private static ByteBuffer closed(ByteBuffer sector) {
    return sector.putInt(CRC_AT, crc(sector)).clear();
  }

  private static int crc(ByteBuffer sector) {
    CRC32C crc = new CRC32C();
    crc.update(sector.slice(0, CRC_AT));
    return (int) crc.getValue();
  }

  /** Tells what a file begins with; never throws. */
  static Kind decode(ByteBuffer bytes) {
    if (isZero(bytes)) {
      return new Kind.Free();
    }
    if (bytes.remaining() < CRC_AT + Integer.BYTES) {
      return new Kind.Damaged("its head is cut off");
    }
    ByteBuffer from = bytes.slice();
    if (from.getLong(0) != MAGIC || from.getInt(CRC_AT) != crc(from)) {
      return new Kind.Damaged("its head is not one");
    }
    if (from.get(9) != VERSION) {
      return new Kind.Damaged("it has format version " + from.get(9));
    }
    return switch (from.get(8)) {
      case USED -> new Kind.Used(fields(from));
      case FREE -> new Kind.Free();
      default -> new Kind.Damaged("it is of kind " + from.get(8));
    };
  }

  private static Head fields(ByteBuffer from) {
    ByteBuffer key = ByteBuffer.allocate(DataKey.WRAPPED_BYTES);
    key.put(from.slice(CRC_AT - DataKey.WRAPPED_BYTES, DataKey.WRAPPED_BYTES)).flip();
    UUID store = new UUID(from.getLong(10), from.getLong(18));
    return new Head(store, from.getLong(26), from.getInt(34), from.getInt(38), key);
  }

  private static boolean isZero(ByteBuffer bytes) {
    for (int i = bytes.position(); i < Math.min(bytes.limit(), bytes.position() + SECTOR); i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
