package org.spillway.smtp.mina;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A blocking client of one connection. */
final class Client implements AutoCloseable {
  private Socket socket;
  private InputStream in;

  Client(int port) throws IOException {
    this(port, new Socket());
  }

  Client(int port, Socket unconnected) throws IOException {
    socket = unconnected;
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One line without CRLF; empty at the end. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      line.append((char) b);
      b = in.read();
    }
    return line.isEmpty() ? "" : line.substring(0, line.length() - 1);
  }

  /** A whole reply; its last line. */
  String reply() throws IOException {
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line();
    }
    return line;
  }

  /** Sends a line and gives the last line of the reply. */
  String ask(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /** A handshake with the protocols given, or all. */
  SSLSession tls(String... protocols) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            TestCertificate.trusting()
                .getSocketFactory()
                .createSocket(socket, "mx.example.com", socket.getPort(), true);
    if (protocols.length > 0) {
      secure.setEnabledProtocols(protocols);
    }
    secure.startHandshake();
    socket = secure;
    in = new BufferedInputStream(secure.getInputStream());
    return secure.getSession();
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
