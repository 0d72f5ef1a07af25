package org.spillway.admit;

import java.time.Duration;
import org.spillway.guard.Ear;

/** The line to one client, as far as patience goes. Both methods block at most a virtual thread. */
public interface Line extends Ear {
  /** A line on which nobody waits and nothing is heard. */
  Line QUIET = heard(0);

  /** Holds the next reply back; returns sooner when the client is gone or we stop. */
  void pause(Duration time);

  /** A line on which so many bytes were heard. */
  static Line heard(long bytes) {
    return new Line() {
      @Override
      public long listen(Duration atMost) {
        return bytes;
      }

      @Override
      public void pause(Duration time) {}
    };
  }
}
