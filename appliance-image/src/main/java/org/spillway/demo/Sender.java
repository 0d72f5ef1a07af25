package org.spillway.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends demo mail over SMTP at a steady rate and remembers what the gateway took. */
final class Sender implements AutoCloseable {
  private final int port;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Kind> accepted = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final Map<Kind, SmtpConnection> connections = new EnumMap<>(Kind.class);
  private int number;

  /** The three kinds of mail of the story. */
  enum Kind {
    OUTBOUND("127.0.0.1", "app@example.com", "customer@world.test"),
    INBOUND_HERE("127.0.0.2", "friend@world.test", "ann@example.com"),
    INBOUND_BOTH("127.0.0.2", "friend@world.test", "bob@example.org");

    final String client;
    final String from;
    final String to;

    Kind(String client, String from, String to) {
      this.client = client;
      this.from = from;
      this.to = to;
    }
  }

  Sender(int port) {
    this.port = port;
  }

  /** Begins to send, one message of each kind in turn. */
  void start(Duration between) {
    clock.scheduleAtFixedRate(this::sendNext, 0, between.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sendNext() {
    Kind kind = Kind.values()[number % Kind.values().length];
    String id = "demo-" + ++number;
    try {
      if (!connections.containsKey(kind)) {
        InetAddress client = InetAddress.ofLiteral(kind.client);
        connections.put(kind, new SmtpConnection(client, port));
      }
      if (connections.get(kind).send(kind, id)) {
        accepted.put(id, kind);
      } else {
        refused.incrementAndGet();
      }
    } catch (IOException lost) {
      refused.incrementAndGet();
      connections.remove(kind);
    }
  }

  /** The gateway's port. */
  int port() {
    return port;
  }

  /** What got a 250, by demo id. */
  Map<String, Kind> accepted() {
    return accepted;
  }

  /** How many did not get a 250. */
  int refused() {
    return refused.get();
  }

  /** Stops sending; what is in hand is finished first. */
  @Override
  public void close() {
    clock.shutdown();
    try {
      clock.awaitTermination(30, TimeUnit.SECONDS);
      for (SmtpConnection connection : connections.values()) {
        connection.close();
      }
    } catch (IOException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
