package org.spillway.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Sends letters over several connections that are kept, and journals every answer. A connection
 * that is lost is made again, so that the gateway may die and come back.
 */
final class Sender implements Closing {

  private final int port;
  private final Journal journal;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private volatile long pauseMillis;

  Sender(int port, Journal journal) {
    this.port = port;
    this.journal = journal;
  }

  /** Has each connection wait between two messages, for a steady stream instead of a flood. */
  Sender every(long millis) {
    pauseMillis = millis;
    return this;
  }

  /** Starts to send without end. */
  Sender start(int connections, Supplier<Letter> letters) {
    for (int i = 0; i < connections; i++) {
      threads.add(Thread.ofVirtual().name("sender-" + i).start(() -> stream(letters, endless())));
    }
    return this;
  }

  /** Sends this many letters and returns when each was answered. */
  void send(int connections, int count, Supplier<Letter> letters) throws InterruptedException {
    AtomicLong left = new AtomicLong(count);
    for (int i = 0; i < connections; i++) {
      threads.add(Thread.ofVirtual().name("sender-" + i).start(() -> stream(letters, left)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static AtomicLong endless() {
    return new AtomicLong(Long.MAX_VALUE);
  }

  private void stream(Supplier<Letter> letters, AtomicLong left) {
    while (stopped.getCount() > 0 && left.get() > 0) {
      try (SmtpConnection connection = new SmtpConnection(port)) {
        while (stopped.getCount() > 0 && left.getAndDecrement() > 0) {
          send(connection, letters.get());
          pause(pauseMillis);
        }
      } catch (IOException gone) {
        pause(20);
      }
    }
  }

  private void send(SmtpConnection connection, Letter letter) throws IOException {
    try {
      journal.note(letter, connection.send(letter));
    } catch (IOException gone) {
      journal.lost(letter);
      throw gone;
    }
  }

  private void pause(long millis) {
    try {
      stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops; each connection finishes the message in hand. */
  @Override
  public void close() throws InterruptedException {
    stopped.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
