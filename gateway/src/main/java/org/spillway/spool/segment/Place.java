package org.spillway.spool.segment;

/**
 * Where a record lies.
 *
 * @param segment number of the segment
 * @param offset in its file
 * @param length with the header
 */
record Place(int segment, int offset, int length) {
  /** For what was not written because nobody wanted it any more. */
  static final Place NOWHERE = new Place(0, 0, 0);
}
