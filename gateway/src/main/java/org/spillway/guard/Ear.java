package org.spillway.guard;

import java.time.Duration;

/** Hears whether a client speaks before it is spoken to. */
@FunctionalInterface
public interface Ear {
  /**
   * Listens; returns as soon as the client has spoken. Blocks at most a virtual thread.
   *
   * @param atMost nothing to look only at what is there already
   * @return bytes that the client has sent and nobody has read
   */
  long listen(Duration atMost);
}
