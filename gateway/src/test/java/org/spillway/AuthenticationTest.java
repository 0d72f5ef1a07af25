package org.spillway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.DkimResult;
import org.spillway.auth.dkim.DkimSettings;
import org.spillway.auth.dkim.DkimVerifier;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dkim.keys.KeyFolder;
import org.spillway.auth.dkim.keys.Selector;
import org.spillway.control.AuthProbe;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;
import org.spillway.testing.FakePeer;
import org.spillway.testing.PeerMessage;

/** The whole node: who mail from outside is really from, and the signature of what we send. */
final class AuthenticationTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private FakePeer onprem;
  private FakeDns dns;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    onprem = FakePeer.smtp().start();
    dns = new FakeDns();
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    onprem.close();
  }

  private void node(String more) throws IOException {
    node =
        new Node(
            folder,
            """
            domains: {example.com: {}}
            sites:
              onprem:
                kind: smtp
                hosts: ["127.0.0.1:%d"]
                directions: [inbound, internal, outbound]
                hosts-domains: [example.com]
                tls: none
            routes:
              - {direction: inbound, domains: [example.com], sites: [onprem]}
              - {direction: outbound, sites: [onprem]}
            """
                    .formatted(onprem.port())
                + more,
            Optional.of(dns));
  }

  private PeerMessage delivered() {
    await().atMost(SOON).until(() -> onprem.received().size() == 1);
    return onprem.received().getFirst();
  }

  @Test
  void whatWasFoundStandsOnTopAndForgedResultsAreGone() throws IOException {
    dns.zone(
        "example.net TXT v=spf1 ip4:127.0.0.1 -all\n_dmarc.example.net TXT v=DMARC1; p=reject");
    node("");
    node.send(
        "bob@example.com",
        "hello\r\nAuthentication-Results: gw.example.com; dkim=pass\r\n"
            + "Authentication-Results: other.test; dkim=pass");
    String content = delivered().content();
    assertThat(content)
        .contains("Authentication-Results: gw.example.com;\r\n\tspf=pass")
        .contains("dmarc=pass")
        .contains("Authentication-Results: other.test; dkim=pass")
        .doesNotContain("gw.example.com; dkim=pass");
    assertThat(content.indexOf("\tspf=pass")).isLessThan(content.indexOf("Received:"));
  }

  @Test
  void whatTheDomainDisownsIsRefused() throws IOException {
    dns.zone("example.net TXT v=spf1 -all\n_dmarc.example.net TXT v=DMARC1; p=reject");
    node("");
    assertThat(node.offer("bob@example.com", "fake"))
        .startsWith("550 5.7.1 Rejected by the DMARC policy of example.net");
  }

  @Test
  void quarantineKeepsItHere() throws IOException {
    dns.zone("example.net TXT v=spf1 -all\n_dmarc.example.net TXT v=DMARC1; p=quarantine");
    node("");
    assertThat(node.offer("bob@example.com", "odd")).startsWith("250 ");
    assertThat(onprem.received()).isEmpty();
  }

  @Test
  void aDnsThatDoesNotAnswerDefersUnlessToldElse() throws IOException {
    dns.zone("_dmarc.example.net FAIL SERVFAIL");
    node("");
    assertThat(node.offer("bob@example.com", "who")).startsWith("451 4.4.3");
    node.close();
    node("authentication: {on-error: accept}\n");
    assertThat(node.offer("bob@example.com", "who")).startsWith("250 ");
  }

  @Test
  void recordingRefusesNothing() throws IOException {
    dns.zone("example.net TXT v=spf1 -all\n_dmarc.example.net TXT v=DMARC1; p=reject");
    node("authentication: {use: record}\n");
    node.send("bob@example.com", "fake");
    assertThat(delivered().content()).contains("dmarc=fail");
  }

  @Test
  void mailOfOursIsSignedOnItsWayOut() throws IOException {
    KeyFolder keys = new KeyFolder(folder.resolve("data/dkim"), SignatureEngine.jdk());
    for (Algorithm algorithm : Algorithm.values()) {
      Selector made =
          keys.create(
              new Domain("example.net"), "s" + algorithm.ordinal(), algorithm, Optional.empty());
      dns.txt(made.recordName(), made.file().key().record());
    }
    node("networks: [127.0.0.0/8]\n");
    node.send("carol@world.test", "signed");
    List<DkimResult> results =
        new DkimVerifier(
                DkimSettings.USUAL,
                new PublishedKeys(SignatureEngine.jdk()),
                InstantSource.system())
            .verify(
                AuthProbe.lines(
                    delivered().content().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                dns);
    assertThat(results).hasSize(2).allMatch(DkimResult::isPass);
    assertThat(delivered().content()).doesNotContain("Authentication-Results");
  }

  @Test
  void ourOwnMailIsRecordedAndNotRefusedWhenToldTo() throws IOException {
    dns.zone("example.net TXT v=spf1 -all\n_dmarc.example.net TXT v=DMARC1; p=reject");
    node("networks: [127.0.0.0/8]\nauthentication: {own-too: true}\n");
    node.send("carol@world.test", "ours");
    assertThat(delivered().content()).contains("dmarc=fail");
  }

  @Test
  void ourOwnNotificationsAreSignedToo() throws IOException {
    KeyFolder keys = new KeyFolder(folder.resolve("data/dkim"), SignatureEngine.jdk());
    Selector made =
        keys.create(new Domain("example.com"), "s1", Algorithm.ED25519_SHA256, Optional.empty());
    dns.txt(made.recordName(), made.file().key().record());
    node("networks: [127.0.0.0/8]\n");
    onprem.once(FakePeer.At.RCPT, FakePeer.Act.reply("550 5.1.1 nobody"));
    node.send("carol@world.test", "bounces");
    String bounce = delivered().content();
    assertThat(bounce).contains("multipart/report");
    List<DkimResult> results =
        new DkimVerifier(
                DkimSettings.USUAL,
                new PublishedKeys(SignatureEngine.jdk()),
                InstantSource.system())
            .verify(
                AuthProbe.lines(bounce.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                dns);
    assertThat(results).singleElement().matches(DkimResult::isPass);
  }
}
