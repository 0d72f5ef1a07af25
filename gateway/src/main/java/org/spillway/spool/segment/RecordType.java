package org.spillway.spool.segment;

import java.util.Optional;

/** What a record says; the number is what stands on disk. */
enum RecordType {
  /** A part of a content that was too long for one record. */
  PUT_CHUNK(1),
  /** A message is accepted: its parts, its key, what is kept beside it, and the rest of it. */
  PUT_COMMIT(2),
  /** A copy is about to pass its final dot. */
  ATTEMPT(3),
  /** How an entry stands now. */
  RCPT(4),
  /** Kept free for the evidence log, which shares the group commit. */
  EVIDENCE(5),
  /** An entry has ended; what is left of it must not come back. */
  DONE(6);

  private static final RecordType[] ALL = values();

  final int code;

  RecordType(int code) {
    this.code = code;
  }

  static Optional<RecordType> of(int code) {
    return code >= 1 && code <= ALL.length ? Optional.of(ALL[code - 1]) : Optional.empty();
  }
}
