package org.spillway.peers;

/** What runs until it is closed; unlike an AutoCloseable its end may wait for other programs. */
@FunctionalInterface
interface Closing {

  /** Ends it; does nothing when it has ended. */
  void close() throws Exception;
}
