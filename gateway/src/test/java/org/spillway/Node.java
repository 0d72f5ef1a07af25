package org.spillway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.spillway.config.Config;
import org.spillway.config.Settings;
import org.spillway.control.Reloader;
import org.spillway.dns.Dns;
import org.spillway.log.EventLog;
import org.spillway.log.LineSink;
import org.spillway.log.LogForm;

/** A whole gateway in this process, with a wall clock that the test steps. */
final class Node implements AutoCloseable {
  final CopyOnWriteArrayList<String> levels = new CopyOnWriteArrayList<>();
  private final Path file;
  private final AtomicReference<Duration> step = new AtomicReference<>(Duration.ZERO);
  private final Gateway gateway;

  /** Starts one; the text is all but {@code node} and {@code listeners}. */
  Node(Path folder, String yaml) throws IOException {
    this(folder, yaml, Optional.empty());
  }

  /** The same with a DNS of the test's. */
  Node(Path folder, String yaml, Optional<Dns> dns) throws IOException {
    file = folder.resolve("spillway.yaml");
    write(yaml);
    Settings settings = ((Config.Loaded) Config.load(file, Map.of())).settings();
    EventLog log =
        new EventLog(new LineSink(OutputStream.nullOutputStream()), LogForm.TEXT, this::now);
    gateway =
        new Gateway(
            settings,
            new Gateway.Host(() -> Config.load(file, Map.of()), log, levels::add, "test"),
            new World(this::now, System::nanoTime, new SecureRandom(), dns));
    gateway.start();
  }

  private void write(String yaml) throws IOException {
    Files.writeString(
        file,
        """
        node: {name: gw.example.com, data: data, http: {port: 0}}
        listeners: {smtp: {address: 127.0.0.1, port: 0}}
        """
            + yaml);
  }

  private Instant now() {
    return Instant.now().plus(step.get());
  }

  /** Steps the wall clock by this much, forth or back. */
  void step(Duration by) {
    step.updateAndGet(sum -> sum.plus(by));
  }

  Gateway gateway() {
    return gateway;
  }

  /** Replaces the configuration and reloads it. */
  Reloader.Result reload(String yaml) throws IOException {
    write(yaml);
    return gateway.reload();
  }

  /** Hands over a message and asserts the 250. */
  void send(String to, String subject) throws IOException {
    assertThat(offer(to, subject)).startsWith("250 ");
  }

  /** Hands over a message and gives the last reply. */
  String offer(String to, String subject) throws IOException {
    try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), gateway.port("smtp").orElseThrow());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      reply(in);
      for (String line :
          List.of(
              "EHLO client.example.net",
              "MAIL FROM:<ann@example.net>",
              "RCPT TO:<" + to + ">",
              "DATA")) {
        say(socket, line);
        assertThat(reply(in)).as(line).matches("[23]\\d\\d .*");
      }
      say(socket, "From: ann@example.net\r\nSubject: " + subject + "\r\n\r\nhello\r\n.");
      return reply(in);
    }
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String reply(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    gateway.stop();
  }
}
