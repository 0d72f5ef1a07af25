package org.spillway.cluster;

/** A node's right to accept mail and to deliver what it owns. */
@FunctionalInterface
public interface Lease {
  /**
   * True while the right lasts. It is asked before every acknowledge and every final dot: a node
   * that was cut off must stop by itself before its partner takes over.
   */
  boolean runs();
}
