package org.spillway.spool.segment;

import org.spillway.mail.EntryId;

/**
 * A record before it has a place.
 *
 * @param type what it says
 * @param flags {@link #FILE}, {@link #OPEN_ATTEMPTS}, and from {@link #PARTS_SHIFT} on the number
 *     of parts
 * @param id whose
 * @param seq number of the acceptance; of the part for a chunk
 * @param origin segment of the first acceptance; 0 for the one it will lie in
 * @param aux for PUT_COMMIT the length of all before the rest of the content, for DONE the segment
 *     that it was first written to (0 for the one it will lie in)
 * @param payload sealed, save part places and wrapped keys
 */
record LogRecord(
    RecordType type, int flags, EntryId id, long seq, int origin, int aux, byte[] payload) {
  /** The content is a file of its own. */
  static final int FILE = 1;

  /** A state that names attempts without an outcome. */
  static final int OPEN_ATTEMPTS = 2;

  static final int PARTS_SHIFT = 4;

  /** Bytes of one part's place at the start of a PUT_COMMIT: segment, offset, length. */
  static final int PART_BYTES = 12;

  static final byte[] EMPTY = {};

  int length() {
    return RecordHeader.BYTES + payload.length;
  }

  /** The ints of the parts' places that stand at the start of a PUT_COMMIT. */
  int partInts() {
    return parts(type, flags) * (PART_BYTES / Integer.BYTES);
  }

  static int parts(RecordType type, int flags) {
    return type == RecordType.PUT_COMMIT ? flags >>> PARTS_SHIFT : 0;
  }
}
