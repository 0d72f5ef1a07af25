package org.spillway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.control.Reloader;
import org.spillway.testing.FakePeer;
import org.spillway.testing.FakePeer.Act;
import org.spillway.testing.FakePeer.At;

/** The whole node: what a stepped wall clock and a reload do to it, and what they do not. */
final class GatewayTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String QUICK = "retry: {first: [1s], grow-from: 1s, grow-to: 1s}\n";

  @TempDir Path folder;
  private FakePeer onprem;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    onprem = FakePeer.smtp().start();
    node = new Node(folder, yaml(QUICK));
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    onprem.close();
  }

  private String yaml(String more) {
    return """
    authentication: {use: off}
    domains: {example.com: {}}
    sites:
      onprem: {kind: smtp, hosts: ["127.0.0.1:%d"], hosts-domains: [example.com], tls: none}
    routes: [{direction: inbound, domains: [example.com], sites: [onprem]}]
    """
            .formatted(onprem.port())
        + more;
  }

  @Test
  void aClockSteppedForthExpiresNothing() throws IOException {
    onprem.on(At.RCPT, Act.reply("450 4.2.1 not now"));
    node.send("bob@example.com", "one");
    await().atMost(SOON).until(() -> asked() >= 1);
    node.step(Duration.ofDays(30));
    await().atMost(SOON).until(() -> asked() >= 2); // the retry comes by elapsed time
    onprem.reset();
    await().atMost(SOON).until(() -> onprem.received().size() == 1);
    node.send("bob@example.com", "two");
    await().atMost(SOON).until(() -> onprem.received().size() == 2);
    assertThat(onprem.received()).noneMatch(mail -> mail.mail().contains("<>"));
  }

  @Test
  void aClockSteppedBackHoldsNothingUp() throws IOException {
    onprem.on(At.RCPT, Act.reply("450 4.2.1 not now"));
    node.send("bob@example.com", "one");
    await().atMost(SOON).until(() -> asked() >= 1);
    node.step(Duration.ofDays(-30));
    await().atMost(SOON).until(() -> asked() >= 2);
    onprem.reset();
    await().atMost(SOON).until(() -> onprem.received().size() == 1);
    node.send("bob@example.com", "two");
    await().atMost(SOON).until(() -> onprem.received().size() == 2);
  }

  private long asked() {
    return onprem.commands().stream().filter(line -> line.startsWith("RCPT TO:<bob")).count();
  }

  @Test
  void aReloadBringsRetryTimesReplyRulesAndTheLogLevel() throws IOException {
    onprem.on(At.RCPT, Act.reply("550 5.9.9 the moon is full"));
    Files.writeString(folder.resolve("replies"), "any rcpt 550 defer none moon is full\n");
    Reloader.Result result =
        node.reload(
            yaml(
                "retry: {first: [1s, 1s], grow-from: 1s, grow-to: 1s}\n"
                    + "replies: replies\n"
                    + "logging: {level: debug}\n"));
    assertThat(result)
        .isEqualTo(new Reloader.Result.Reloaded(List.of("retry", "replies", "logging.level")));
    assertThat(node.levels).containsExactly("debug");
    node.send("bob@example.com", "one");
    await().atMost(SOON).until(() -> asked() >= 2);
    onprem.reset();
    await().atMost(SOON).until(() -> onprem.received().size() == 1);
  }

  @Test
  void aReloadIsRefusedWholeWhenAFileItNamesCannotBeRead() throws IOException {
    Reloader.Result result =
        node.reload(yaml("replies: nowhere\n").replace("example.com: {}", "example.org: {}"));
    assertThat(result).isInstanceOf(Reloader.Result.Refused.class);
    node.send("bob@example.com", "still ours");
    await().atMost(SOON).until(() -> onprem.received().size() == 1);
    assertThat(node.levels).isEmpty();
  }
}
