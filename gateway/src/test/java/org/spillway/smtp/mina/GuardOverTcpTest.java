package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.mail.Network;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;
import org.spillway.smtp.server.DialogWorld;
import org.spillway.smtp.server.GuardedDoor;

/** Early talkers and the tarpit over real sockets: who waits, who does not, and who holds what. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GuardOverTcpTest {
  private static final Network PROXY = Network.parse("127.0.0.1/32").orElseThrow();

  @TempDir Path directory;
  private GuardedDoor door;
  private Listener listener;

  private void listen(String guard, Network... proxies) throws IOException {
    Map<String, String> header = new HashMap<>(Map.of("guard", guard));
    DialogWorld world = new DialogWorld(header);
    door = new GuardedDoor(directory, header, world);
    ListenerSettings settings =
        new ListenerSettings(
            "mx", InetAddress.getLoopbackAddress(), 0, TlsMode.NONE, false, List.of(proxies));
    listener = new Listener(settings, door.context, new SessionCounts(), Optional.empty());
    listener.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    listener.stop(Duration.ofSeconds(5));
    door.close();
  }

  private Client connect() throws IOException {
    return new Client(listener.port());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void whoSpeaksDuringTheWaitIsToldAtOnce() throws IOException {
    listen("{early-talkers: {wait: always, time: 50s}}");
    long start = System.nanoTime();
    try (Client client = connect()) {
      client.send("EHLO client.example\r\n");
      assertThat(client.line()).isEqualTo("554 5.5.0 you spoke before the greeting");
      assertThat(since(start)).isLessThan(Duration.ofSeconds(20));
    }
    assertThat(door.counts).containsEntry("refusals_total early-talker refused", 1);
  }

  @Test
  void whoWaitsIsGreetedAfterTheWaitAndNextTimeAtOnce() throws IOException {
    listen("{early-talkers: {wait: always, time: 700ms}}");
    long start = System.nanoTime();
    try (Client client = connect()) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(since(start)).isGreaterThan(Duration.ofMillis(650));
      assertThat(client.ask("EHLO client.example")).startsWith("250 ");
    }
    try (Client client = connect()) {
      assertThat(client.reply()).startsWith("220 ");
    }
    assertThat(door.counts).containsEntry("guard_signs_total early-talker note", 1);
  }

  @Test
  void twoHundredThatWaitKeepNobodyElseWaiting() throws IOException {
    listen("{early-talkers: {wait: always, time: 50s}}", PROXY);
    List<Client> waiting = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Client client = connect();
      client.send("PROXY TCP4 198.51." + i / 100 + "." + i % 100 + " 192.0.2.1 4000 25\r\n");
      waiting.add(client);
    }
    long start = System.nanoTime();
    try (Client ours = connect()) {
      ours.send("PROXY TCP4 10.0.0.1 192.0.2.1 4000 25\r\n");
      assertThat(ours.reply()).startsWith("220 ");
      assertThat(since(start)).isLessThan(Duration.ofSeconds(20));
    }
    waiting.getFirst().send("EHLO me\r\n");
    assertThat(waiting.getFirst().line()).startsWith("554 5.5.0");
    waiting.removeFirst().close();
    // the others are let go at once when we stop, whatever is left of their wait
    long stopping = System.nanoTime();
    try {
      listener.stop(Duration.ofSeconds(40));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    assertThat(since(stopping)).isLessThan(Duration.ofSeconds(20));
    for (Client client : waiting) {
      client.close();
    }
    listen("{}");
  }

  @Test
  void whoLeavesDuringTheWaitIsForgotten() throws IOException {
    listen("{early-talkers: {wait: always, time: 50s}}");
    connect().close();
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> listener.sessions() == 0);
  }

  @Test
  void theTarpitHoldsBackTheReplyOfOneAndOfNobodyElse() throws IOException {
    listen("{helo: {syntax: tarpit}, tarpit: {delay: 2s, sessions: 1}}");
    try (Client slow = connect();
        Client quick = connect()) {
      assertThat(slow.reply()).startsWith("220 ");
      assertThat(quick.reply()).startsWith("220 ");
      assertThat(slow.ask("EHLO nickname")).startsWith("250 ");
      assertThat(quick.ask("EHLO client.example")).startsWith("250 ");
      long start = System.nanoTime();
      slow.send("MAIL FROM:<a@client.example>\r\n");
      assertThat(quick.ask("MAIL FROM:<a@client.example>")).startsWith("250 ");
      assertThat(since(start)).isLessThan(Duration.ofMillis(1900));
      assertThat(slow.reply()).startsWith("250 ");
      assertThat(since(start)).isGreaterThan(Duration.ofMillis(1900));
    }
  }

  @Test
  void commandsAheadAreSeenAcrossSegments() throws IOException {
    listen("{early-talkers: {commands: refuse}}");
    try (Client client = connect()) {
      assertThat(client.reply()).startsWith("220 ");
      client.send("HELO client.example\r\nMAIL FROM:<a@client.example>\r\n");
      assertThat(client.line()).startsWith("554 5.5.0 you sent commands ahead");
      assertThat(client.isAtEnd()).isTrue();
    }
  }
}
