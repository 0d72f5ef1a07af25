package org.spillway.control.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes a connection whose other end takes too long; blocking calls on it then throw. */
record Deadline(ScheduledExecutorService timer, SocketChannel channel) {
  /** One blocking step. */
  interface Step<T> {
    T take() throws IOException;
  }

  /** Takes the step; when it takes longer than that, the connection is closed under it. */
  <T> T within(Duration most, Step<T> step) throws IOException {
    ScheduledFuture<?> alarm = timer.schedule(this::close, most.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return step.take();
    } finally {
      alarm.cancel(false);
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // closing is all there was to do
    }
  }
}
