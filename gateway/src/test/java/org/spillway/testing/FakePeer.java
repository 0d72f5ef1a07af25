package org.spillway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A mail server of a test: SMTP or LMTP on a free port of the loopback, which says what it is told
 * to at each step and remembers what it was given. Unless told otherwise it takes everything.
 *
 * <p>{@code FakePeer.smtp().once(At.FINAL_DOT, Act.hold(latch).thenDrop()).start()} holds the next
 * message; {@code on(…)} is from now on.
 */
public final class FakePeer implements AutoCloseable {
  private final boolean lmtp;
  private final Map<At, Act> always = new ConcurrentHashMap<>();
  private final Map<At, Deque<Act>> next = new EnumMap<>(At.class);
  private final List<PeerMessage> received = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private List<String> capabilities =
      List.of("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "DSN", "SMTPUTF8", "SIZE 52428800");
  private Optional<TestCertificate> certificate = Optional.empty();
  private boolean implicitTls;
  private Optional<String> login = Optional.empty();
  private ServerSocket listener;
  private Thread acceptor;
  private int port;
  private String address = "127.0.0.1";

  /** When an act is due. */
  public enum At {
    GREETING,
    EHLO,
    STARTTLS,
    /** In place of the handshake. */
    HANDSHAKE,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /** When the first line of the content is there. */
    CONTENT,
    FINAL_DOT,
    RSET,
    QUIT
  }

  /**
   * What to do at a step: wait for the latch, then say the reply, then drop the connection.
   *
   * @param until what to wait for first
   * @param reply the reply, its lines separated by a line feed; empty for none of its own: the
   *     usual one, or silence when it drops
   * @param drops true to close the connection then
   */
  public record Act(Optional<CountDownLatch> until, Optional<String> reply, boolean drops) {
    /** Says this. */
    public static Act reply(String text) {
      return new Act(Optional.empty(), Optional.of(text), false);
    }

    /** Closes without a word; at FINAL_DOT it has taken the message all the same. */
    public static Act drop() {
      return new Act(Optional.empty(), Optional.empty(), true);
    }

    /** Waits for the latch, then goes on as usual. */
    public static Act hold(CountDownLatch latch) {
      return new Act(Optional.of(latch), Optional.empty(), false);
    }

    /** The same, and then it closes. */
    public Act thenDrop() {
      return new Act(until, reply, true);
    }

    /** The same, and then it says this. */
    public Act thenReply(String text) {
      return new Act(until, Optional.of(text), drops);
    }
  }

  private FakePeer(boolean lmtp) {
    this.lmtp = lmtp;
  }

  /** An SMTP server that is not started yet. */
  public static FakePeer smtp() {
    return new FakePeer(false);
  }

  /** An LMTP server that is not started yet. */
  public static FakePeer lmtp() {
    return new FakePeer(true);
  }

  /** What it offers in place of the usual; STARTTLS and AUTH come by themselves. */
  public FakePeer capabilities(String... lines) {
    capabilities = List.of(lines);
    return this;
  }

  /** Offers STARTTLS. */
  public FakePeer startTls(TestCertificate with) {
    certificate = Optional.of(with);
    return this;
  }

  /** Speaks TLS from the first byte. */
  public FakePeer implicitTls(TestCertificate with) {
    implicitTls = true;
    return startTls(with);
  }

  /** Offers AUTH PLAIN and LOGIN, over TLS only when it has a certificate, and demands it. */
  public FakePeer login(String user, String password) {
    login = Optional.of("\0" + user + "\0" + password);
    return this;
  }

  /** Listens there, for a second peer with the port of a first. */
  public FakePeer at(String loopback, int samePort) {
    address = loopback;
    port = samePort;
    return this;
  }

  /** Starts on a free port, or again on the port it had. */
  public FakePeer start() {
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 200);
      port = listener.getLocalPort();
      ServerSocket mine = listener;
      acceptor = Thread.ofVirtual().start(() -> accept(mine));
      return this;
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void accept(ServerSocket mine) {
    while (!mine.isClosed()) {
      try {
        Socket socket = mine.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      new FakeSession(this, socket, number).run();
    } catch (IOException gone) {
      return; // the client went away, or the test stopped this peer
    } finally {
      open.remove(socket);
    }
  }

  /** The port it listens on; stays the same over stop and start. */
  public int port() {
    return port;
  }

  /** Does this at that step from now on. */
  public FakePeer on(At at, Act act) {
    always.put(at, act);
    return this;
  }

  /** Does this at that step once; several are done in turn. */
  public FakePeer once(At at, Act act) {
    synchronized (next) {
      next.computeIfAbsent(at, _ -> new ArrayDeque<>()).add(act);
    }
    return this;
  }

  /** Takes everything again. */
  public FakePeer reset() {
    always.clear();
    synchronized (next) {
      next.clear();
    }
    return this;
  }

  Optional<Act> due(At at) {
    synchronized (next) {
      Deque<Act> waiting = next.get(at);
      if (waiting != null && !waiting.isEmpty()) {
        return Optional.of(waiting.poll());
      }
    }
    return Optional.ofNullable(always.get(at));
  }

  boolean isLmtp() {
    return lmtp;
  }

  List<String> capabilities() {
    return capabilities;
  }

  Optional<TestCertificate> certificate() {
    return certificate;
  }

  boolean isImplicitTls() {
    return implicitTls;
  }

  Optional<String> login() {
    return login;
  }

  void took(PeerMessage message) {
    received.add(message);
  }

  void heard(String command) {
    commands.add(command);
  }

  /** What it took so far, in order. */
  public List<PeerMessage> received() {
    return List.copyOf(received);
  }

  /** Waits until it has taken that many, at most ten seconds. */
  public List<PeerMessage> awaitReceived(int count) {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> received.size() >= count);
    return received();
  }

  /** Every command line it heard, of all connections. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** Connections accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** How many connections are open now. */
  public int openConnections() {
    return open.size();
  }

  /** Stops listening and cuts every connection; {@link #start} brings it back. */
  public void stop() {
    try {
      listener.close();
      acceptor.join(); // only then is the port free and nobody is let in any more
      for (Socket socket : open) {
        socket.close();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  public void close() {
    stop();
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
