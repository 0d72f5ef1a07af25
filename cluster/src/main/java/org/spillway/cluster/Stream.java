package org.spillway.cluster;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Everything that one node accepts: an append-only run of records, kept here and, in a cluster of
 * more than one, on a partner. One writer appends; the order of its calls is the order of the
 * stream.
 */
public interface Stream {
  /** Names the stream, together with the store that began it; 1 or more. */
  long number();

  /**
   * Rises with each opening; every record, copy and acknowledge carries it, so that what an earlier
   * owner sent late is told apart (rule R4). 1 or more.
   */
  int epoch();

  /**
   * Gives records to the partners as they are being written here, without waiting. The bytes are
   * taken before this returns; the buffer's position is left as it was.
   */
  void copy(ByteBuffer records);

  /**
   * Gives partners a part of a file that stands beside the records and that a later record names.
   *
   * @param file its name, without a directory
   * @param position where the bytes belong in it
   * @param bytes taken before this returns; the position is left as it was
   */
  void copyAside(String file, long position, ByteBuffer bytes);

  /**
   * Answers for all that was given so far: completes with the number of disks that hold it, this
   * one included, once each of them has it safe, or exceptionally when a copy that was due did not
   * come to be. The caller answers for its own disk.
   */
  CompletionStage<Integer> copied();
}
