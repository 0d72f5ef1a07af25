package org.spillway.deliver.courier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.spillway.mail.Reply;
import org.spillway.smtp.client.ReplyReader;

/**
 * A socket with its buffers: what is written leaves when a reply is awaited or the buffer is full,
 * so that a transaction of a small message is two writes. Every wait has a deadline, kept by the
 * {@link Watchdog}. For one thread at a time.
 */
final class Wire extends OutputStream {
  private static final int SMALL = 16 << 10;
  private static final int LARGE = 64 << 10;

  private final Socket raw;
  private final Watchdog watchdog;
  private final LongConsumer ticks = this::expire;
  private final ReplyReader reader = new ReplyReader();
  private final ByteBuffer received = ByteBuffer.allocate(4096).limit(0);
  private InputStream in;
  private OutputStream out;
  private byte[] buffer = new byte[SMALL];
  private int filled;
  private Duration blockTimeout;
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean timedOut;

  Wire(Socket raw, Watchdog watchdog, Duration blockTimeout) throws IOException {
    this.raw = raw;
    this.watchdog = watchdog;
    this.blockTimeout = blockTimeout;
    this.in = raw.getInputStream();
    this.out = raw.getOutputStream();
    watchdog.watch(ticks);
  }

  private void expire(long tick) {
    if (tick > deadline) {
      deadline = Long.MAX_VALUE;
      timedOut = true;
      shut();
    }
  }

  /** The bare socket, for a handshake; fails when the peer spoke out of turn (RFC 3207 §4.2). */
  Socket bare() throws IOException {
    if (received.hasRemaining()) {
      throw new IOException("bytes in clear text after the reply to STARTTLS");
    }
    return raw;
  }

  /** Goes on over another socket on top of the bare one. */
  void switchTo(Socket secured) throws IOException {
    in = secured.getInputStream();
    out = secured.getOutputStream();
  }

  /** Runs something that blocks on this socket, and ends it when it takes too long. */
  <T> T within(Duration limit, String what, Blocking<T> work) throws IOException {
    deadline = watchdog.after(limit);
    try {
      return work.run();
    } catch (IOException failed) {
      throw timedOut ? new IOException(what + ": nothing within " + words(limit), failed) : failed;
    } finally {
      deadline = Long.MAX_VALUE;
    }
  }

  /** Something that blocks. */
  interface Blocking<T> {
    T run() throws IOException;
  }

  private static String words(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /** Sends what is buffered and reads one reply. */
  Reply hear(Duration limit, String what) throws IOException {
    flush();
    return within(limit, what, this::read);
  }

  private Reply read() throws IOException {
    while (true) {
      switch (reader.take(received)) {
        case ReplyReader.Result.Whole(Reply reply) -> {
          return reply;
        }
        case ReplyReader.Result.Nonsense(String why) -> throw new IOException(why);
        case ReplyReader.Result.More _ -> {
          int count = in.read(received.array());
          if (count < 0) {
            throw new IOException("the peer closed the connection");
          }
          received.position(0).limit(count);
        }
      }
    }
  }

  void say(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  /** Makes room for a message of that size to leave in few writes. */
  void expect(long sizeBytes) {
    if (sizeBytes > SMALL - 1024 && buffer.length == SMALL) {
      buffer = java.util.Arrays.copyOf(buffer, LARGE);
    }
  }

  /** Gives back what {@link #expect} took. */
  void rest() {
    if (buffer.length != SMALL && filled == 0) {
      buffer = new byte[SMALL];
    }
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == buffer.length) {
      flush();
    }
    buffer[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      if (filled == buffer.length) {
        flush();
      }
      int count = Math.min(end - at, buffer.length - filled);
      System.arraycopy(bytes, at, buffer, filled, count);
      filled += count;
      at += count;
    }
  }

  @Override
  public void flush() throws IOException {
    if (filled == 0) {
      return;
    }
    int count = filled;
    filled = 0;
    within(
        blockTimeout,
        "sending",
        () -> {
          out.write(buffer, 0, count);
          return true;
        });
  }

  private void shut() {
    try {
      raw.close();
    } catch (IOException alreadyGone) {
      return;
    }
  }

  /** Closes without a word. */
  @Override
  public void close() {
    watchdog.forget(ticks);
    shut();
  }
}
