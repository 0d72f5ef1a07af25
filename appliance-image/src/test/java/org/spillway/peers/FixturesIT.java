package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.testing.Peers;

/** The peers alone, without the gateway: should they not work, nothing else here tells anything. */
final class FixturesIT {

  private Ground ground;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(FixturesIT.class);
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void postfixKeepsWhatSwaksSends() throws Exception {
    PostfixServer postfix = new PostfixServer(ground.folder("onprem"), List.of());
    ground.keep(postfix).start();
    swaks(postfix.port(), "one").must();
    awaitArrival(postfix, "one");
    postfix.stop();
    assertThat(swaks(postfix.port(), "two").run().code()).isNotZero();
    postfix.start();
    swaks(postfix.port(), "three").must();
    awaitArrival(postfix, "three");
    assertThat(postfix.arrivals()).isEqualTo(Map.of("one", 1, "three", 1));
  }

  @Test
  void theRelayWantsTlsAndAuth() throws Exception {
    Certificate certificate = Certificate.in(ground.folder("tls"));
    PostfixServer relay = CloudRelay.in(ground.folder("relay"), certificate);
    ground.keep(CloudRelay.accounts(ground.folder("relay")));
    ground.keep(relay).start();
    assertThat(swaks(relay.port(), "stranger").run().out()).contains("554 5.7.1");
    swaks(
            relay.port(),
            "known",
            "--tls",
            "--tls-verify",
            "--tls-ca-path",
            certificate.chain().toString(),
            "--auth",
            "PLAIN",
            "--auth-user",
            CloudRelay.USER,
            "--auth-password",
            CloudRelay.PASSWORD)
        .must();
    awaitArrival(relay, "known");
    assertThat(relay.arrivals()).isEqualTo(Map.of("known", 1));
  }

  @Test
  void dovecotTakesMailByLmtp() throws Exception {
    DovecotLmtp dovecot = new DovecotLmtp(ground.folder("store"));
    ground.keep(dovecot).start();
    swaks(dovecot.port(), "mail", "--protocol", "LMTP").must();
    awaitArrival(dovecot, "mail");
  }

  private static Command swaks(int port, String id, String... more) {
    Object[] words = {
      Peers.require("swaks"),
      "-s",
      "127.0.0.1:" + port,
      "-f",
      "alice@example.net",
      "-t",
      "bob@example.com",
      "--h-X-Test-Id",
      id,
    };
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Command.of(all);
  }

  private static void awaitArrival(Mailbox mailbox, String id) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(mailbox.arrivals()).containsEntry(id, 1));
  }
}
