package org.spillway.peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/** One connection of a {@link Sink}: says yes to everything. */
final class SinkSession {

  private static final String EHLO =
      "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-DSN\r\n"
          + "250-ENHANCEDSTATUSCODES\r\n250 SIZE 1000000000";
  private static final String ID = "x-test-id:";

  private final InputStream in;
  private final OutputStream out;
  private final boolean hashing;
  private byte[] line = new byte[4096];
  private int length;

  /** What came: its X-Test-Id, and the SHA-256 of its body, or nothing. */
  record Taken(String id, String hash) {}

  SinkSession(Socket socket, boolean hashing) throws IOException {
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    out = new BufferedOutputStream(socket.getOutputStream(), 4096);
    this.hashing = hashing;
  }

  /** Serves until QUIT or the end of the connection. */
  void run(Consumer<Taken> taken) throws IOException {
    say("220 sink.test ESMTP");
    while (readLine()) {
      String command = text().toUpperCase(Locale.ROOT);
      if (command.startsWith("EHLO")) {
        say(EHLO);
      } else if (command.startsWith("DATA")) {
        say("354 go on");
        taken.accept(content());
        say("250 2.0.0 taken");
      } else if (command.startsWith("QUIT")) {
        say("221 2.0.0 bye");
        return;
      } else {
        say("250 2.0.0 ok");
      }
    }
  }

  private void say(String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    if (in.available() == 0) {
      out.flush();
    }
  }

  private Taken content() throws IOException {
    out.flush();
    MessageDigest digest = sha256();
    String id = "";
    boolean header = true;
    while (readLine()) {
      if (length == 1 && line[0] == '.') {
        return new Taken(id, hashing ? HexFormat.of().formatHex(digest.digest()) : "");
      }
      int start = line[0] == '.' && length > 1 ? 1 : 0;
      if (header) {
        header = length > 0;
        id = length > ID.length() && text().toLowerCase(Locale.ROOT).startsWith(ID) ? idOf() : id;
      } else if (hashing) {
        digest.update(line, start, length - start);
        digest.update((byte) '\n');
      }
    }
    throw new EOFException("the connection ended within a message");
  }

  private String idOf() {
    return text().substring(ID.length()).strip();
  }

  private String text() {
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Reads a line without its CRLF; false at the end. */
  private boolean readLine() throws IOException {
    length = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        length -= length > 0 && line[length - 1] == '\r' ? 1 : 0;
        return true;
      }
      if (length == line.length) {
        line = java.util.Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) c;
    }
    return false;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
