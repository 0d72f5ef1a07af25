package org.spillway.deliver;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.route.Ticker;

/** A pace with one thread that sleeps until the next pulse is due. */
public final class ThreadPace implements Pace {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadPace.class);
  private static final long AFTER_MISTAKE = Duration.ofSeconds(1).toNanos();

  private final String name;
  private final Ticker ticker;
  private volatile boolean stopped;
  private volatile Thread thread;

  /** A pace whose thread will have that name. */
  public ThreadPace(String name, Ticker ticker) {
    this.name = name;
    this.ticker = ticker;
  }

  @Override
  public void start(Pulse pulse) {
    thread = Thread.ofPlatform().daemon().name(name).start(() -> run(pulse));
  }

  private void run(Pulse pulse) {
    while (!stopped) {
      long next = beat(pulse);
      long wait = next == Long.MAX_VALUE ? Long.MAX_VALUE : next - ticker.nanos();
      if (wait > 0 && !stopped) {
        LockSupport.parkNanos(this, wait); // a wake between beat and here leaves its permit
      }
    }
  }

  private long beat(Pulse pulse) {
    try {
      return pulse.beat();
    } catch (RuntimeException mistake) {
      LOG.error("{} broke, goes on", name, mistake);
      return ticker.nanos() + AFTER_MISTAKE;
    }
  }

  @Override
  public void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void stop() {
    stopped = true;
    wake();
  }
}
