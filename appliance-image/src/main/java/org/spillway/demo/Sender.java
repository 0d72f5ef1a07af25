package org.spillway.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
  private int number;
  private Socket socket;
  private BufferedReader in;
  private OutputStream out;

  /** The three kinds of mail of the story. */
  enum Kind {
    OUTBOUND("app@example.com", "customer@world.test"),
    INBOUND_HERE("friend@world.test", "ann@example.com"),
    INBOUND_BOTH("friend@world.test", "bob@example.org");

    final String from;
    final String to;

    Kind(String from, String to) {
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
      if (socket == null) {
        connect();
      }
      if (send(kind, id)) {
        accepted.put(id, kind);
      } else {
        refused.incrementAndGet();
      }
    } catch (IOException lost) {
      refused.incrementAndGet();
      socket = null;
    }
  }

  private void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    out = socket.getOutputStream();
    reply();
    ask("EHLO sender.demo");
  }

  private boolean send(Kind kind, String id) throws IOException {
    ask("MAIL FROM:<" + kind.from + ">");
    ask("RCPT TO:<" + kind.to + ">");
    ask("DATA");
    String headers =
        """
        From: %s
        To: %s
        Subject: Spillway demo %s
        Message-ID: <%s@sender.demo>
        X-Demo-Id: %s

        """
            .formatted(kind.from, kind.to, id, id, id);
    String text = "The quick brown fox jumps over the lazy dog.\n".repeat(60);
    return ask((headers + text).replace("\n", "\r\n") + ".").startsWith("250");
  }

  private String ask(String command) throws IOException {
    out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return reply();
  }

  private String reply() throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    if (line == null) {
      throw new IOException("the gateway closed the connection");
    }
    return line;
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
      if (socket != null) {
        socket.close();
      }
    } catch (IOException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
