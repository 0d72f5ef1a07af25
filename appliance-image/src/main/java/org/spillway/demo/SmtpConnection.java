package org.spillway.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection of the demo's sender to the gateway. */
final class SmtpConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();
  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  /**
   * Connects and greets.
   *
   * @param from the address to come from; any, where the machine has no such address
   */
  SmtpConnection(InetAddress from, int port) throws IOException {
    socket = connect(from, port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    out = socket.getOutputStream();
    reply();
    ask("EHLO sender.demo");
  }

  private static Socket connect(InetAddress from, int port) throws IOException {
    InetSocketAddress gateway = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    Socket bound = new Socket();
    try {
      bound.bind(new InetSocketAddress(from, 0));
    } catch (BindException notHere) {
      bound.close();
      return new Socket(gateway.getAddress(), port);
    }
    bound.connect(gateway);
    return bound;
  }

  /** Sends one message; true when it got a 250. */
  boolean send(Sender.Kind kind, String id) throws IOException {
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
