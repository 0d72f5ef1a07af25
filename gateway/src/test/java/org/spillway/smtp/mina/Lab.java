package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.spillway.mail.Network;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;
import org.spillway.smtp.server.DialogWorld;

/** A listener on a free port of loopback, with everything around it in memory. */
final class Lab implements AutoCloseable {
  final DialogWorld world;
  final SessionCounts counts = new SessionCounts();
  final AtomicLong ahead = new AtomicLong();
  final Listener listener;

  Lab(String limits, TlsMode mode, Optional<TlsContext> tls, Network... proxies)
      throws IOException {
    world = new DialogWorld(Map.of("limits", limits, "client", "10.0.0.1"));
    ListenerSettings settings =
        new ListenerSettings(
            "lab", InetAddress.getLoopbackAddress(), 0, mode, false, List.of(proxies));
    listener =
        new Listener(settings, world.context, counts, tls, () -> System.nanoTime() + ahead.get());
    listener.start();
  }

  static Lab clear(String limits) throws IOException {
    return new Lab(limits, TlsMode.NONE, Optional.empty());
  }

  /** A client that has read the greeting. */
  Client greeted() throws IOException {
    Client client = new Client(listener.port());
    assertThat(client.reply()).startsWith("220 ");
    return client;
  }

  /** A client that has sent MAIL and RCPT. */
  Client withEnvelope() throws IOException {
    Client client = greeted();
    assertThat(client.ask("EHLO client.example")).startsWith("250 ");
    assertThat(client.ask("MAIL FROM:<a@client.example>")).startsWith("250 ");
    assertThat(client.ask("RCPT TO:<ann@example.com>")).startsWith("250 ");
    return client;
  }

  /** A client that has been told to send content. */
  Client inContent() throws IOException {
    Client client = withEnvelope();
    assertThat(client.ask("DATA")).startsWith("354 ");
    return client;
  }

  /** Lets time pass for every timeout. */
  void later(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  @Override
  public void close() {
    try {
      listener.stop(Duration.ZERO);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
