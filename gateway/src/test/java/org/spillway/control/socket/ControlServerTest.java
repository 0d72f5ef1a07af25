package org.spillway.control.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.control.FakeNode;
import org.spillway.control.FakeSpool;

/** The socket, end to end: who gets in, what garbage does, and how it comes and goes. */
final class ControlServerTest {
  @TempDir private Path directory;

  private final FakeNode node = new FakeNode();
  private ControlServer server;

  private Path socket() {
    return directory.resolve("control.sock");
  }

  @BeforeEach
  void start() throws IOException {
    server = new ControlServer(node.control, socket());
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private End ask(Request request, List<Map<String, Object>> rows) throws IOException {
    return new ControlClient(socket()).ask(request, rows::add, _ -> {});
  }

  private End version() throws IOException {
    return ask(new Request("version", Map.of()), new ArrayList<>());
  }

  @Test
  void answersWithRowsAndAnEnd() throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    assertThat(ask(new Request("version", Map.of()), rows)).isEqualTo(new End(Exit.OK, ""));
    assertThat(rows).containsExactly(Map.of("version", "Spillway 0.1.0"));
  }

  @Test
  void theAuditHasTheUserByTheKernelsWord() throws IOException {
    ask(new Request("reload", Map.of("why", List.of("new site"))), new ArrayList<>());
    assertThat(node.audit.getFirst().who()).isEqualTo(Files.getOwner(directory).getName());
    assertThat(node.audit.getFirst().why()).isEqualTo("new site");
  }

  @Test
  void theSocketIsForItsOwnerOnlyAndNothingElseIsLeftBeside() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(socket());
    }
  }

  @Test
  void theSocketGoesWithTheServer() throws IOException {
    server.close();
    assertThat(socket()).doesNotExist();
    assertThatThrownBy(this::version)
        .isInstanceOf(ControlClient.NotRunning.class)
        .hasMessageContaining("No Spillway answers at");
  }

  @Test
  void aStaleSocketIsReplaced() throws IOException {
    server.close();
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(socket()).exists();
    server = new ControlServer(node.control, socket());
    server.start();
    assertThat(version().exit()).isEqualTo(Exit.OK);
  }

  @Test
  void aSecondNodeIsRefusedAndTheFirstGoesOn() throws IOException {
    try (ControlServer second = new ControlServer(node.control, socket())) {
      assertThatThrownBy(second::start).hasMessageContaining("another Spillway runs");
    }
    assertThat(version().exit()).isEqualTo(Exit.OK);
  }

  @Test
  void aPathThatIsTooLongIsSaidInASentence() {
    Path deep = directory.resolve("d".repeat(100)).resolve("control.sock");
    try (ControlServer far = new ControlServer(node.control, deep)) {
      assertThatThrownBy(far::start).hasMessageContaining("choose a shorter data directory");
    } catch (IOException nothingToClose) {
      throw new AssertionError(nothingToClose);
    }
  }

  @Test
  void garbageIsAnsweredAndHarmsNobody() throws IOException {
    List<byte[]> garbage =
        List.of(
            "\n".getBytes(StandardCharsets.US_ASCII),
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            "{\"ask\":null}\n".getBytes(StandardCharsets.US_ASCII),
            "{\"ask\":\"queue.list\",\"site\":{\"a\":1}}\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {(byte) 0xff, 0, (byte) 0xfe, '\n'},
            ("{\"ask\":\"" + "x".repeat(70_000) + "\"}\n").getBytes(StandardCharsets.US_ASCII));
    for (byte[] bytes : garbage) {
      assertThat(raw(bytes)).contains("\"exit\":2");
    }
    raw(new byte[0]);
    raw("{\"ask\":".getBytes(StandardCharsets.US_ASCII));
    assertThat(version().exit()).isEqualTo(Exit.OK);
  }

  /** Sends bytes, ends the sending side, and reads what comes back. */
  private String raw(byte[] bytes) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.shutdownOutput();
      ByteBuffer answer = ByteBuffer.allocate(4096);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {
        // until the server closes
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      return "\"exit\":2 not read: the server closed before it took all";
    }
  }

  @Test
  void unknownWordsAndArgumentsAreUsageErrors() throws IOException {
    assertThat(ask(new Request("make.coffee", Map.of()), new ArrayList<>()).exit())
        .isEqualTo(Exit.USAGE);
    assertThat(ask(new Request("queue.list", Map.of("colour", List.of("red"))), new ArrayList<>()))
        .isEqualTo(new End(Exit.USAGE, "There is no argument \"colour\" here; leave it out."));
    assertThat(ask(new Request("queue.hold", Map.of()), new ArrayList<>()).say()).contains("--yes");
    assertThat(
            ask(new Request("queue.list", Map.of("older", List.of("soon"))), new ArrayList<>())
                .exit())
        .isEqualTo(Exit.USAGE);
  }

  @Test
  void aListingOfAHundredThousandIsStreamed() throws IOException {
    for (int i = 0; i < 100_000; i++) {
      node.spool.put(
          FakeSpool.Accepted.waiting(FakeNode.NOW, "alice@example.net", "bob@example.com"));
    }
    AtomicLong rows = new AtomicLong();
    End end =
        new ControlClient(socket())
            .ask(new Request("queue.list", Map.of()), _ -> rows.incrementAndGet(), _ -> {});
    assertThat(end.exit()).isEqualTo(Exit.OK);
    assertThat(rows).hasValue(100_000);
  }

  @Test
  void aReaderWhoLeavesFreesItsPlace() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      node.spool.put(
          FakeSpool.Accepted.waiting(FakeNode.NOW, "alice@example.net", "bob@example.com"));
    }
    for (int i = 0; i < 40; i++) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
        channel.write(
            ByteBuffer.wrap("{\"ask\":\"queue.list\"}\n".getBytes(StandardCharsets.US_ASCII)));
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(version().exit()).isEqualTo(Exit.OK));
  }

  @Test
  void connectionsAreBounded() throws IOException {
    List<SocketChannel> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        idle.add(SocketChannel.open(UnixDomainSocketAddress.of(socket())));
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(version().say()).contains("Too many commands"));
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(version().exit()).isEqualTo(Exit.OK));
  }

  @Test
  void theNullSenderIsLookedForByItsEmptyName() throws IOException {
    ask(new Request("trace", Map.of("from", List.of("<>"))), new ArrayList<>());
    assertThat(node.story).contains("find from=");
    assertThat(node.audit.getLast().what()).isEqualTo("trace --from <>");
  }

  @Test
  void aFailureInsideIsAnAnswerNotACrash() throws IOException {
    node.auditFull = true;
    assertThat(ask(new Request("reload", Map.of()), new ArrayList<>()))
        .isEqualTo(new End(Exit.FAILED, "It failed: No space left on device; see the node's log."));
    node.auditFull = false;
    assertThat(version().exit()).isEqualTo(Exit.OK);
  }
}
