package org.spillway.spool.segment;

/** What became of an append. */
sealed interface Result {
  /** It is in the file; and safe on that many disks, when that was asked for. */
  record Done(Place place, int copies) implements Result {}

  /** There was no room; nothing of it will be found later. */
  record Full(String why) implements Result {}

  /** The log broke, or the right to write ended. */
  record Failed(String why) implements Result {}
}
