package org.spillway.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One session of the demo's mail servers: just enough SMTP to take mail. */
final class MailServerSession {
  /** User and password that the demo's relay wants. */
  static final String USER = "spillway";

  static final String PASSWORD = "demo-only";
  private static final String ID_FIELD = "x-demo-id:";

  private final String name;
  private final Optional<SSLContext> tls;
  private final Consumer<String> took;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private boolean encrypted;
  private boolean authenticated;

  MailServerSession(String name, Optional<SSLContext> tls, Consumer<String> took) {
    this.name = name;
    this.tls = tls;
    this.took = took;
  }

  /** Serves until QUIT or the end of the connection. */
  void serve(Socket connection) throws IOException {
    connection.setTcpNoDelay(true);
    use(connection);
    say("220 " + name + " ESMTP demo");
    String line = readLine();
    while (line != null && answer(line)) {
      line = readLine();
    }
  }

  private void use(Socket connection) throws IOException {
    socket = connection;
    in = new BufferedInputStream(connection.getInputStream());
    out = connection.getOutputStream();
  }

  private boolean answer(String line) throws IOException {
    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    boolean locked = tls.isPresent() && !authenticated;
    switch (verb) {
      case "EHLO" -> greet();
      case "STARTTLS" -> startTls();
      case "AUTH" -> authenticate(line);
      case "MAIL" -> say(locked ? "530 5.7.0 Authentication required" : "250 2.1.0 OK");
      case "RCPT" -> say("250 2.1.5 OK");
      case "DATA" -> takeMessage();
      case "QUIT" -> say("221 2.0.0 bye");
      default -> say("250 2.0.0 OK");
    }
    return !verb.equals("QUIT");
  }

  private void greet() throws IOException {
    String security = tls.isEmpty() ? "" : encrypted ? "250-AUTH PLAIN\r\n" : "250-STARTTLS\r\n";
    say(
        "250-"
            + name
            + "\r\n"
            + security
            + "250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-DSN\r\n"
            + "250-ENHANCEDSTATUSCODES\r\n250 SIZE 52428800");
  }

  private void startTls() throws IOException {
    say("220 2.0.0 go ahead");
    SSLSocket secure =
        (SSLSocket)
            tls.orElseThrow().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    use(secure);
    encrypted = true;
  }

  private void authenticate(String line) throws IOException {
    String[] words = line.split(" ");
    byte[] wanted = ("\0" + USER + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    authenticated =
        encrypted
            && words.length == 3
            && words[2].equals(Base64.getEncoder().encodeToString(wanted));
    say(authenticated ? "235 2.7.0 OK" : "535 5.7.8 Authentication credentials invalid");
  }

  private void takeMessage() throws IOException {
    say("354 go ahead");
    String id = null;
    String line = readLine();
    while (line != null && !line.equals(".")) {
      if (id == null && line.toLowerCase(Locale.ROOT).startsWith(ID_FIELD)) {
        id = line.substring(ID_FIELD.length()).trim();
      }
      line = readLine();
    }
    if (line == null) {
      throw new IOException("connection lost in the message");
    }
    if (id != null) {
      took.accept(id);
    }
    say("250 2.0.0 taken");
  }

  private void say(String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return c < 0 ? null : line.toString();
  }
}
