package org.spillway.spool.segment;

import org.spillway.mail.EntryId;

/**
 * Where one live entry lies; about 150 bytes with its place in the map.
 *
 * @param id whose
 * @param seq number of its acceptance
 * @param origin segment in which it was first accepted
 * @param flags of its PUT_COMMIT
 * @param segment of its PUT_COMMIT, with {@code offset} and {@code length}
 * @param aux length of all before the rest of the content
 * @param stateSegment of its last RCPT, 0 when there is none, with {@code stateOffset} and {@code
 *     stateLength}
 * @param parts segment, offset and length of each part that is a record of its own
 */
record Slot(
    EntryId id,
    long seq,
    int origin,
    int flags,
    int segment,
    int offset,
    int length,
    int aux,
    int stateSegment,
    int stateOffset,
    int stateLength,
    int[] parts) {

  static Slot of(Stub commit) {
    Place at = commit.place();
    return new Slot(
        commit.id(),
        commit.seq(),
        commit.origin(),
        commit.flags(),
        at.segment(),
        at.offset(),
        at.length(),
        commit.aux(),
        0,
        0,
        0,
        commit.parts());
  }

  boolean hasFile() {
    return (flags & LogRecord.FILE) != 0;
  }

  boolean hasState() {
    return stateSegment != 0;
  }

  int partCount() {
    return parts.length / 3;
  }

  Place part(int n) {
    return new Place(parts[3 * n], parts[3 * n + 1], parts[3 * n + 2]);
  }

  Place commit() {
    return new Place(segment, offset, length);
  }

  Place state() {
    return new Place(stateSegment, stateOffset, stateLength);
  }

  Slot withState(Place at) {
    return new Slot(
        id,
        seq,
        origin,
        flags,
        segment,
        offset,
        length,
        aux,
        at.segment(),
        at.offset(),
        at.length(),
        parts);
  }

  /** The same entry, after its records were copied forward. */
  Slot movedTo(Stub commit) {
    return of(commit).withState(state());
  }

  /** True when something of it lies in that segment. */
  boolean touches(int number) {
    if (segment == number || stateSegment == number) {
      return true;
    }
    return holdsContent(number);
  }

  /** True when its commit or a part of it lies in that segment. */
  boolean holdsContent(int number) {
    for (int i = 0; i < parts.length; i += 3) {
      if (parts[i] == number) {
        return true;
      }
    }
    return segment == number;
  }
}
