package org.spillway;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done from time to time beside the mail, one thing after the other. */
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("chores").factory());

  /** One chore; what it throws is told and it is done again the next time. */
  interface Chore {
    void run() throws Exception;
  }

  /** Does it after this time, and again and again. */
  void every(Duration pause, String name, Chore chore) {
    thread.scheduleWithFixedDelay(
        () -> run(name, chore), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void run(String name, Chore chore) {
    try {
      chore.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Exception failed) {
      LOG.error("{} failed; it is tried again", name, failed);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
