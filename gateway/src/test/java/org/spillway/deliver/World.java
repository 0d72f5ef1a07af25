package org.spillway.deliver;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.spillway.route.VirtualTime;

/**
 * Virtual time with workers in it. One thread runs at a time; when all sleep, time moves to the
 * next that is due. The same seed gives the same run.
 */
final class World implements Executor {
  private record Event(long at, long order, Runnable what) {}

  final VirtualTime time = new VirtualTime();
  final Times times = new Times(time, time);
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Semaphore back = new Semaphore(0);
  private long order;

  private synchronized void at(long tick, Runnable what) {
    events.add(new Event(tick, order++, what));
  }

  private synchronized Event next(long end) {
    return events.isEmpty() || events.peek().at() > end ? null : events.poll();
  }

  /** Lets that much time pass, with everything that happens in it. */
  void pass(Duration length) {
    long end = time.nanos() + length.toNanos();
    for (Event event = next(end); event != null; event = next(end)) {
      time.moveTo(event.at());
      event.what().run();
    }
    time.moveTo(end);
  }

  /** At that time from now, that happens. */
  void after(Duration delay, Runnable what) {
    at(time.nanos() + delay.toNanos(), what);
  }

  /** A worker: begins when its turn comes, and ends or sleeps before anyone else goes on. */
  @Override
  public void execute(Runnable task) {
    at(
        time.nanos(),
        () -> {
          Thread.startVirtualThread(
              () -> {
                try {
                  task.run();
                } finally {
                  back.release();
                }
              });
          back.acquireUninterruptibly();
        });
  }

  /** A worker waits, and others go on. */
  void rest(Duration length) {
    Semaphore go = new Semaphore(0);
    at(
        time.nanos() + length.toNanos(),
        () -> {
          go.release();
          back.acquireUninterruptibly();
        });
    back.release();
    go.acquireUninterruptibly();
  }

  /** A pace in this time. */
  Pace pace() {
    return new Pace() {
      private Pulse pulse = () -> Long.MAX_VALUE;
      private long due = Long.MAX_VALUE;
      private boolean stopped;

      @Override
      public void start(Pulse next) {
        pulse = next;
        wake();
      }

      @Override
      public synchronized void wake() {
        come(time.nanos());
      }

      private synchronized void come(long when) {
        if (when < due && !stopped) {
          due = when;
          at(when, () -> beat(when));
        }
      }

      private void beat(long when) {
        synchronized (this) {
          if (when != due) {
            return; // an earlier beat came in its place
          }
          due = Long.MAX_VALUE;
        }
        long next = pulse.beat();
        if (next != Long.MAX_VALUE) {
          come(Math.max(next, time.nanos() + 1));
        }
      }

      @Override
      public synchronized void stop() {
        stopped = true;
      }
    };
  }
}
