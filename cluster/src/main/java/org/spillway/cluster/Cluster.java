package org.spillway.cluster;

import java.io.IOException;
import java.util.UUID;

/**
 * This node's place among the nodes that keep each other's mail: its name, its store, the streams
 * it may append to and its right to do so. A single node is a cluster of one ({@link SoloCluster}).
 */
public interface Cluster extends AutoCloseable {
  /** This node's name. */
  String node();

  /**
   * The identity of this node's disk: written once, when the data directory is made. A node that
   * comes back with an empty disk has another one, and with it no claim to its old streams.
   */
  UUID storeId();

  /**
   * Opens the stream that this node appends to: a new one, or its own one again with a higher
   * epoch. The epoch is on disk before this returns, so no two incarnations ever share one.
   *
   * @throws IOException when the epoch cannot be stored, or another node owns the stream by now
   */
  Stream openStream() throws IOException;

  /** The right to accept and to deliver. */
  Lease lease();

  /** Gives the lease up. */
  @Override
  void close() throws IOException;
}
