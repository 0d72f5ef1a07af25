package org.spillway.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A mail server for the demo that can be killed and brought back on the same port. It keeps no
 * mail: it counts, for each demo message, how often it took it.
 */
final class MailServer implements AutoCloseable {
  private final String name;
  private final Optional<SSLContext> tls;
  private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket socket;
  private volatile int port;

  /**
   * A server that is not started yet.
   *
   * @param name what it calls itself
   * @param tls present when it wants STARTTLS and then AUTH before mail
   */
  MailServer(String name, Optional<SSLContext> tls) {
    this.name = name;
    this.tls = tls;
  }

  /** Starts, on the port it had before if it had one. */
  void start() throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    port = listening.getLocalPort();
    socket = listening;
    Thread.ofVirtual().name(name).start(() -> acceptAll(listening));
  }

  private void acceptAll(ServerSocket listening) {
    try {
      while (true) {
        Socket connection = listening.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException killed) {
      // kill() closed the socket: the server is dead until start()
      connections.removeIf(Socket::isClosed);
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      new MailServerSession(name, tls, this::took).serve(connection);
    } catch (IOException lost) {
      // the peer or kill() ended the connection: as in real life, nobody is told
      connections.remove(connection);
    } finally {
      connections.remove(connection);
    }
  }

  private void took(String demoId) {
    taken.computeIfAbsent(demoId, _ -> new AtomicInteger()).incrementAndGet();
  }

  /** Stops at once: the port refuses, open connections break. */
  void kill() {
    closeQuietly(socket);
    connections.forEach(MailServer::closeQuietly);
    connections.clear();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception alreadyGone) {
      System.getLogger("demo").log(System.Logger.Level.DEBUG, "close", alreadyGone);
    }
  }

  /** The port it listens on, or will listen on again. */
  int port() {
    return port;
  }

  /** How often each demo message was taken, by its id. */
  Map<String, AtomicInteger> taken() {
    return taken;
  }

  /** How many messages were taken in all. */
  int count() {
    return taken.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  @Override
  public void close() {
    kill();
  }
}
