package org.spillway.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects lines and writes them together: one system call for many lines. A line is written at the
 * latest 200 ms after it came, at once when it {@link #hurry hurries}. A reader that stops reading
 * never stops mail: past 8 MiB lines are dropped and counted.
 */
public final class LineSink implements AutoCloseable {
  private static final int MOST_BYTES = 8 << 20;
  private static final int WRITE_AT_BYTES = 64 << 10;
  private static final long WINDOW_MILLIS = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final AtomicLong dropped = new AtomicLong();
  private final OutputStream out;
  private final Thread writer;
  private ByteBuffer filling = ByteBuffer.allocate(WRITE_AT_BYTES * 2);
  private ByteBuffer spare = ByteBuffer.allocate(WRITE_AT_BYTES * 2);
  private boolean urgent;
  private boolean closed;
  private boolean writing;

  /** Lines to a stream, which is flushed after each write and never closed. */
  public LineSink(OutputStream out) {
    this.out = out;
    this.writer = Thread.ofPlatform().daemon().name("log").start(this::run);
  }

  /** Takes a line that ends with a line feed. */
  void write(CharSequence line) {
    lock.lock();
    try {
      int need = line.length() * 3;
      if (closed || filling.remaining() < need && !grow(need)) {
        dropped.incrementAndGet();
        return;
      }
      boolean wasEmpty = filling.position() == 0;
      encoder.reset();
      encoder.encode(CharBuffer.wrap(line), filling, true);
      if (wasEmpty || filling.position() >= WRITE_AT_BYTES) {
        news.signal(); // else the writer counts its window already
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean grow(int need) {
    long wanted = Math.max(filling.capacity() * 2L, filling.position() + (long) need);
    if (wanted > MOST_BYTES) {
      return false;
    }
    ByteBuffer larger = ByteBuffer.allocate((int) wanted);
    filling = larger.put(filling.flip());
    return true;
  }

  /** Has what was written so far shown at once. */
  public void hurry() {
    lock.lock();
    try {
      urgent = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lines that were dropped because nobody read. */
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    while (true) {
      ByteBuffer full;
      lock.lock();
      try {
        full = next();
      } finally {
        lock.unlock();
      }
      if (!full.hasRemaining()) {
        return;
      }
      show(full);
    }
  }

  /** Waits for lines and takes them; an empty buffer at the end. */
  private ByteBuffer next() {
    if (writing) {
      writing = false;
      written.signalAll();
    }
    while (filling.position() == 0 && !closed) {
      news.awaitUninterruptibly();
    }
    gather();
    ByteBuffer full = filling.flip();
    filling = spare.clear();
    spare = full;
    urgent = false;
    writing = full.hasRemaining();
    return full;
  }

  private void gather() {
    long left = TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS);
    try {
      while (left > 0 && !urgent && !closed && filling.position() < WRITE_AT_BYTES) {
        left = news.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      urgent = true;
    }
  }

  private void show(ByteBuffer full) {
    try {
      out.write(full.array(), 0, full.limit());
      out.flush();
    } catch (IOException _) {
      dropped.incrementAndGet(); // there is no place left to say so
    }
  }

  /** Waits until all lines so far are written. */
  public void flush() {
    lock.lock();
    try {
      while (!closed && (filling.position() > 0 || writing)) {
        urgent = true;
        news.signal();
        written.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is left and ends. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signal();
    } finally {
      lock.unlock();
    }
    try {
      writer.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
