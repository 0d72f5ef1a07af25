package org.spillway.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link FakePeer}. */
final class FakeSession {
  private final FakePeer peer;
  private final Socket raw;
  private final int number;
  private Socket socket;
  private InputStream in;
  private boolean secured;
  private boolean authenticated;
  private Optional<String> mail = Optional.empty();
  private final List<String> rcpts = new ArrayList<>();

  /** The peer hangs up on purpose. */
  private static final class HangUp extends IOException {
    private static final long serialVersionUID = 1L;
  }

  FakeSession(FakePeer peer, Socket raw, int number) throws IOException {
    this.peer = peer;
    this.raw = raw;
    this.number = number;
    use(raw);
  }

  private void use(Socket next) throws IOException {
    socket = next;
    in = new BufferedInputStream(next.getInputStream());
  }

  void run() throws IOException {
    try {
      raw.setTcpNoDelay(true);
      if (peer.isImplicitTls()) {
        handshake();
      }
      say(FakePeer.At.GREETING, "220 fake.test ESMTP");
      while (true) {
        Optional<String> line = line();
        if (line.isEmpty()) {
          return;
        }
        peer.heard(line.get());
        if (!command(line.get())) {
          return;
        }
      }
    } catch (HangUp onPurpose) {
      return;
    }
  }

  private boolean command(String line) throws IOException {
    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "EHLO", "LHLO" -> say(FakePeer.At.EHLO, features());
      case "HELO" -> write("250 fake.test");
      case "STARTTLS" -> startTls();
      case "AUTH" -> auth(line);
      case "MAIL" -> mail(line);
      case "RCPT" -> rcpt(line);
      case "DATA" -> data();
      case "RSET" -> {
        clear();
        say(FakePeer.At.RSET, "250 2.0.0 ok");
      }
      case "QUIT" -> {
        say(FakePeer.At.QUIT, "221 2.0.0 bye");
        return false;
      }
      default -> write("500 5.5.1 what?");
    }
    return true;
  }

  private String features() {
    List<String> lines = new ArrayList<>(List.of("fake.test"));
    lines.addAll(peer.capabilities());
    if (peer.certificate().isPresent() && !secured) {
      lines.add("STARTTLS");
    }
    if (peer.login().isPresent() && (secured || peer.certificate().isEmpty())) {
      lines.add("AUTH LOGIN PLAIN");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == lines.size() - 1 ? "250 " : "250-").append(lines.get(i)).append('\n');
    }
    return text.toString().strip();
  }

  private void startTls() throws IOException {
    if (say(FakePeer.At.STARTTLS, "220 2.0.0 go ahead").startsWith("220")) {
      handshake();
    }
  }

  private void handshake() throws IOException {
    Optional<FakePeer.Act> act = peer.due(FakePeer.At.HANDSHAKE);
    if (act.isPresent()) {
      perform(act.get(), "no handshake here");
      throw new HangUp();
    }
    SSLSocket tls =
        (SSLSocket)
            peer.certificate()
                .orElseThrow()
                .serverContext()
                .getSocketFactory()
                .createSocket(raw, null, raw.getPort(), true);
    tls.setUseClientMode(false);
    tls.setNeedClientAuth(peer.certificate().orElseThrow().demandsClients());
    tls.startHandshake();
    secured = true;
    clear();
    use(tls);
  }

  private void auth(String line) throws IOException {
    String[] words = line.split(" ");
    String given;
    if (words[1].equalsIgnoreCase("LOGIN")) {
      write("334 " + Base64.getEncoder().encodeToString(FakePeer.latin1("Username:")));
      String user = decoded(line().orElse(""));
      write("334 " + Base64.getEncoder().encodeToString(FakePeer.latin1("Password:")));
      given = "\0" + user + "\0" + decoded(line().orElse(""));
    } else {
      given = decoded(words[2]);
    }
    authenticated = peer.login().orElse("").equals(given);
    say(FakePeer.At.AUTH, authenticated ? "235 2.7.0 welcome" : "535 5.7.8 wrong password");
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private void mail(String line) throws IOException {
    boolean allowed = peer.login().isEmpty() || authenticated;
    String said =
        say(FakePeer.At.MAIL, allowed ? "250 2.1.0 ok" : "530 5.7.0 Authentication required");
    if (said.startsWith("2")) {
      clear();
      mail = Optional.of(line);
    }
  }

  private void rcpt(String line) throws IOException {
    String usual = mail.isPresent() ? "250 2.1.5 ok" : "503 5.5.1 MAIL first";
    if (say(FakePeer.At.RCPT, usual).startsWith("2")) {
      rcpts.add(line);
    }
  }

  private void data() throws IOException {
    String usual = rcpts.isEmpty() ? "503 5.5.1 no recipients" : "354 go ahead";
    if (!say(FakePeer.At.DATA, usual).startsWith("3")) {
      return;
    }
    String content = content();
    PeerMessage message =
        new PeerMessage(mail.orElse(""), List.copyOf(rcpts), content, secured, number);
    int replies = peer.isLmtp() ? message.rcpts().size() : 1;
    boolean taken = false;
    for (int i = 0; i < replies; i++) {
      String said = say(FakePeer.At.FINAL_DOT, "250 2.0.0 taken", message, taken);
      taken |= said.startsWith("2");
    }
    clear();
  }

  private String content() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean first = true;
    while (true) {
      Optional<String> line = line();
      if (line.isEmpty()) {
        throw new HangUp();
      }
      if (first) {
        first = false;
        act(FakePeer.At.CONTENT);
      }
      if (line.get().equals(".")) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
      }
      String text = line.get().startsWith(".") ? line.get().substring(1) : line.get();
      bytes.write(FakePeer.latin1(text + "\r\n"));
    }
  }

  private void act(FakePeer.At at) throws IOException {
    Optional<FakePeer.Act> act = peer.due(at);
    if (act.isPresent()) {
      perform(act.get(), "");
    }
  }

  private void clear() {
    mail = Optional.empty();
    rcpts.clear();
  }

  /** The reply to the final dot: the message is remembered before the client can know. */
  private String say(FakePeer.At at, String usual, PeerMessage message, boolean taken)
      throws IOException {
    Optional<FakePeer.Act> act = peer.due(at);
    String reply = act.flatMap(FakePeer.Act::reply).orElse(usual);
    if (reply.startsWith("2") && !taken && !message.rcpts().isEmpty()) {
      peer.took(message);
    }
    return act.isPresent() ? perform(act.get(), usual) : write(usual);
  }

  private String say(FakePeer.At at, String usual) throws IOException {
    Optional<FakePeer.Act> act = peer.due(at);
    return act.isPresent() ? perform(act.get(), usual) : write(usual);
  }

  private String perform(FakePeer.Act act, String usual) throws IOException {
    if (act.until().isPresent()) {
      await(act);
    }
    String reply = act.reply().orElse(act.drops() ? "" : usual);
    if (!reply.isEmpty()) {
      write(reply);
    }
    if (act.drops()) {
      throw new HangUp();
    }
    return reply;
  }

  private static void await(FakePeer.Act act) throws IOException {
    try {
      act.until().orElseThrow().await();
    } catch (InterruptedException stopped) {
      throw new HangUp();
    }
  }

  private String write(String reply) throws IOException {
    byte[] bytes = (reply.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    return reply;
  }

  /** One line without its CRLF, a character for each byte; empty at the end. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String line = bytes.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
      }
      bytes.write(b);
    }
    return Optional.empty();
  }
}
