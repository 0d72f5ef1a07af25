package org.spillway.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A mail server that keeps no mail, only the ids and the hash of each body, and can be killed and
 * brought back on its port.
 */
final class Sink implements Mailbox, Closing {

  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final Map<String, String> hashes = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final boolean hashing;
  private final int port;
  private volatile ServerSocket listening;

  private Sink(int port, boolean hashing) {
    this.port = port;
    this.hashing = hashing;
  }

  /** A sink that is not started yet. */
  static Sink quick() throws IOException {
    return new Sink(Ports.free(), false);
  }

  /** One that computes the SHA-256 of each body, too. */
  static Sink hashing() throws IOException {
    return new Sink(Ports.free(), true);
  }

  Sink start() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
    listening = socket;
    Thread.ofPlatform().daemon().name("sink").start(() -> acceptAll(socket));
    return this;
  }

  private void acceptAll(ServerSocket socket) {
    try {
      while (!socket.isClosed()) {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      connections.forEach(Sink::cut);
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      new SinkSession(connection, hashing).run(this::take);
    } catch (IOException gone) {
      // A sender may go when it likes; what it did not end was not taken.
    } finally {
      connections.remove(connection);
    }
  }

  private void take(SinkSession.Taken mail) {
    hashes.put(mail.id(), mail.hash());
    taken.merge(mail.id(), 1, Integer::sum);
    count.incrementAndGet();
  }

  int port() {
    return port;
  }

  /** How many messages came, duplicates among them. */
  long count() {
    return count.get();
  }

  /** The SHA-256 of each body, in hex. */
  Map<String, String> hashes() {
    return hashes;
  }

  @Override
  public Map<String, Integer> arrivals() {
    return new HashMap<>(taken);
  }

  /** Dies: its port is closed and every connection is cut. */
  @Override
  public void close() {
    try {
      if (listening != null) {
        listening.close();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    connections.forEach(Sink::cut);
  }

  private static void cut(Socket connection) {
    try {
      connection.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
