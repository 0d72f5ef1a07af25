package org.spillway.guard.grey;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * The form of the greylist's file: 16 bytes of head, then records of 40 bytes, each with its own
 * CRC32C. The last record of a key counts. Numbers are big-endian.
 */
final class GreyRecords {
  static final int HEAD_BYTES = 16;
  static final int RECORD_BYTES = 40;
  private static final long MAGIC = 0x5350574752455931L; // SPWGREY1

  private GreyRecords() {}

  /**
   * What a file held.
   *
   * @param ours false when it is no such file; then nothing was read
   * @param whole bytes up to the end of the last whole record
   * @param damaged records whose CRC is wrong, which were left out
   */
  record Read(boolean ours, long whole, int damaged) {}

  static ByteBuffer head() {
    return ByteBuffer.allocate(HEAD_BYTES).putLong(MAGIC).putLong(0).flip();
  }

  static void put(ByteBuffer out, GreyKey key, GreyRow row) {
    int start = out.position();
    out.putLong(key.high()).putLong(key.low()).putLong(row.first());
    out.putLong(row.last() << 24 | row.passes() & 0xffffff);
    out.putInt(0);
    out.putInt(crc(out, start));
  }

  private static int crc(ByteBuffer bytes, int start) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(start, RECORD_BYTES - 4));
    return (int) crc.getValue();
  }

  /** Shows every sound record in order; never throws, whatever the bytes. */
  static Read read(ByteBuffer in, BiConsumer<GreyKey, GreyRow> each) {
    if (in.remaining() < HEAD_BYTES || in.getLong() != MAGIC || in.getLong() != 0) {
      return new Read(false, 0, 0);
    }
    int damaged = 0;
    while (in.remaining() >= RECORD_BYTES) {
      int start = in.position();
      GreyKey key = new GreyKey(in.getLong(), in.getLong());
      long first = in.getLong();
      long packed = in.getLong();
      in.getInt();
      if (in.getInt() == crc(in, start)) {
        each.accept(key, new GreyRow(first, packed >> 24, (int) (packed & 0xffffff)));
      } else {
        damaged++;
      }
    }
    return new Read(true, in.position(), damaged);
  }
}
