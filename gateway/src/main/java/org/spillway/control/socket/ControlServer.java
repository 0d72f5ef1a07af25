package org.spillway.control.socket;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.control.Control;
import org.spillway.control.Json;

/**
 * Listens on the Unix socket and answers one request a connection, each on a virtual thread.
 * Bounded: 16 connections at a time, 64 KiB a request, 10 s to send it, 60 s for a reader to take
 * the next 16 KiB. {@link #start}, then {@link #close}.
 */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final int CONNECTIONS = 16;
  private static final Duration TO_ASK = Duration.ofSeconds(10);
  private static final Duration TO_TAKE = Duration.ofSeconds(60);

  private final Desk desk;
  private final Path path;
  private final Semaphore places = new Semaphore(CONNECTIONS);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("control-deadlines").factory());
  private volatile Optional<SocketFile.Bound> bound = Optional.empty();

  /**
   * @param path of the socket: {@code control.sock} in the data directory
   */
  public ControlServer(Control control, Path path) {
    this.desk = new Desk(control);
    this.path = path;
  }

  /** Binds and listens; throws with a sentence when another node has the socket. */
  public void start() throws IOException {
    SocketFile.Bound socket = SocketFile.bind(path);
    bound = Optional.of(socket);
    Peer peer = Peer.ownerOf(path);
    threads.execute(() -> accept(socket.channel(), peer));
  }

  private void accept(ServerSocketChannel server, Peer peer) {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        threads.execute(() -> serve(channel, peer));
      } catch (ClosedChannelException stopped) {
        return;
      } catch (IOException e) {
        LOG.warn("the control socket could not accept a connection", e);
      }
    }
  }

  private void serve(SocketChannel channel, Peer peer) {
    boolean place = places.tryAcquire();
    try (channel) {
      Deadline deadline = new Deadline(timer, channel);
      Lines lines = new Lines(channel, deadline);
      Optional<String> user = peer.user(channel);
      if (user.isEmpty()) {
        lines.end(new End(Exit.FAILED, "Only root and the node's own user may ask; use sudo."));
      } else if (!place) {
        lines.end(new End(Exit.FAILED, "Too many commands run at once; try again."));
      } else {
        Optional<Request> request = deadline.within(TO_ASK, () -> read(channel));
        lines.end(
            request.isPresent()
                ? desk.answer(request.get(), user.get(), lines)
                : new End(Exit.USAGE, "That is no request; use spillway of the node's version."));
      }
    } catch (IOException gone) {
      LOG.debug("a client of the control socket went away", gone);
    } finally {
      if (place) {
        places.release();
      }
    }
  }

  /** One line of at most {@link Request#MAX_BYTES}; empty when it is none. */
  private static Optional<Request> read(SocketChannel channel) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(Request.MAX_BYTES);
    while (line.hasRemaining()) {
      int from = line.position();
      if (channel.read(line) < 0) {
        return Optional.empty();
      }
      for (int i = from; i < line.position(); i++) {
        if (line.get(i) == '\n') {
          return Request.read(java.util.Arrays.copyOf(line.array(), i));
        }
      }
    }
    return Optional.empty();
  }

  /** Stops listening, lets answers under way end for at most 2 s, and takes the socket away. */
  @Override
  public void close() throws IOException {
    if (bound.isEmpty()) {
      return;
    }
    bound.get().channel().close();
    bound.get().file().delete();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(2, java.util.concurrent.TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }

  /** Writes the lines of one answer, 16 KiB at a time. */
  private static final class Lines implements Answer {
    private static final int BUFFER = 16 << 10;

    private final OutputStream out;

    Lines(SocketChannel channel, Deadline deadline) {
      this.out = new BufferedOutputStream(new Taken(channel, deadline), BUFFER);
    }

    @Override
    public void row(Map<String, ?> cells) throws IOException {
      Json.write(Map.of("row", cells), out);
    }

    @Override
    public void progress(Map<String, ?> cells) throws IOException {
      Json.write(Map.of("progress", cells), out);
      out.flush();
    }

    void end(End end) throws IOException {
      Map<String, Object> cells = new LinkedHashMap<>();
      cells.put("exit", end.exit().code());
      cells.put("say", end.say());
      Json.write(Map.of("end", cells), out);
      out.flush();
    }
  }

  /** A channel as a stream whose every write must be taken in time. */
  private static final class Taken extends OutputStream {
    private final SocketChannel channel;
    private final Deadline deadline;

    Taken(SocketChannel channel, Deadline deadline) {
      this.channel = channel;
      this.deadline = deadline;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
      while (rest.hasRemaining()) {
        deadline.within(TO_TAKE, () -> channel.write(rest));
      }
    }
  }
}
