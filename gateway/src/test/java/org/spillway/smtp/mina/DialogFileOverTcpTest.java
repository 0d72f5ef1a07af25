package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.Network;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;
import org.spillway.smtp.server.DialogFile;
import org.spillway.smtp.server.DialogWorld;

/** Every dialog file again over TCP, TLS and the PROXY protocol. */
class DialogFileOverTcpTest {
  @TempDir private static Path folder;
  private static TlsContext tls;

  @BeforeAll
  static void certificate() throws IOException {
    tls = TlsContext.load(TestCertificate.write(folder, "EC", "mx.example.com"));
  }

  @TestFactory
  Stream<DynamicTest> files() {
    return DialogFile.all().stream().map(f -> DynamicTest.dynamicTest(f.name(), () -> replay(f)));
  }

  private static void replay(DialogFile file) throws Exception {
    DialogWorld world = new DialogWorld(file.header());
    SessionCounts counts = new SessionCounts();
    Listener listener = new Listener(settings(world), world.context, counts, Optional.of(tls));
    listener.start();
    try (Client client = new Client(listener.port())) {
      client.send(proxy(world));
      if (mode(world) == TlsMode.IMPLICIT) {
        client.tls();
      }
      for (DialogFile.Step step : file.steps()) {
        step(file.name() + ":" + step.line(), step, client, world);
      }
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
    await().untilAsserted(() -> assertThat(counts.sessions()).isZero());
    assertThat(world.spool.openDrafts.get()).as("open drafts").isZero();
    assertThat(world.context.budget().usedBytes()).as("budget in use").isZero();
  }

  private static String proxy(DialogWorld world) {
    String address = world.peer.address().getHostAddress();
    return address.contains(":")
        ? "PROXY TCP6 " + address + " ::1 40000 25\r\n"
        : "PROXY TCP4 " + address + " 127.0.0.1 40000 25\r\n";
  }

  private static TlsMode mode(DialogWorld world) {
    if (world.peer.listener().endsWith("implicit")) {
      return TlsMode.IMPLICIT;
    }
    return world.peer.startTls() ? TlsMode.STARTTLS : TlsMode.NONE;
  }

  private static ListenerSettings settings(DialogWorld world) {
    return new ListenerSettings(
        world.peer.listener(),
        InetAddress.getLoopbackAddress(),
        0,
        mode(world),
        world.peer.submission(),
        List.of(Network.parse("127.0.0.0/8").orElseThrow()));
  }

  private static void step(String at, DialogFile.Step step, Client client, DialogWorld world)
      throws IOException {
    switch (step.verb()) {
      case "C:", "C>" -> client.send(DialogFile.bytes(step));
      case "S:" -> DialogFile.assertMatches(at, step.text(), client.line());
      case "S~" -> assertThat(client.reply()).as(at).startsWith(step.text() + " ");
      case "TLS" -> assertThat(client.tls().getProtocol()).as(at).isEqualTo("TLSv1.3");
      case "END" -> assertThat(client.isAtEnd()).as(at).isTrue();
      default -> assertThat(world.look(step)).as(at).isEmpty();
    }
  }
}
