package org.spillway.peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One client's connection to the gateway, with EHLO said and PIPELINING used. */
final class SmtpConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  SmtpConnection(int port) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
      expect("220", reply());
      say("EHLO peers.test");
      out.flush();
      expect("250", reply());
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** Sends one message; gives the last line of the reply that settled it. */
  String send(Letter letter) throws IOException {
    say("MAIL FROM:<" + letter.from() + ">");
    say("RCPT TO:<" + letter.to() + ">");
    say("DATA");
    out.flush();
    String mail = reply();
    String rcpt = reply();
    String data = reply();
    if (!data.startsWith("354")) {
      say("RSET");
      out.flush();
      reply();
      return mail.startsWith("250") ? (rcpt.startsWith("250") ? data : rcpt) : mail;
    }
    out.write(letter.header());
    for (long left = letter.sizeBytes(); left > 0; ) {
      byte[] block = Letter.block(left);
      out.write(block);
      left -= block.length;
    }
    say(".");
    out.flush();
    return reply();
  }

  private void say(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void expect(String code, String reply) throws IOException {
    if (!reply.startsWith(code)) {
      throw new IOException(reply);
    }
  }

  private String reply() throws IOException {
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line();
    }
    return line;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the gateway closed the connection");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
