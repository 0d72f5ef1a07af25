package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spillway.testing.Peers;

/**
 * Spillway between a Postfix that hosts example.com and sends to the world, a Dovecot that stores
 * example.org, and a second Postfix that is the cloud relay. The first dies in mid-stream.
 */
final class RealPeersIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  private Ground ground;
  private PostfixServer onprem;
  private PostfixServer relay;
  private DovecotLmtp store;
  private SpillwayProcess spillway;

  @BeforeEach
  void start() throws Exception {
    ground = new Ground(RealPeersIT.class);
    Certificate certificate = Certificate.in(ground.folder("tls"));
    onprem = ground.keep(new PostfixServer(ground.folder("onprem"), List.of())).start();
    ground.keep(CloudRelay.accounts(ground.folder("relay")));
    relay = ground.keep(CloudRelay.in(ground.folder("relay"), certificate)).start();
    store = ground.keep(new DovecotLmtp(ground.folder("store"))).start();
    Path home = ground.folder("spillway");
    Path password = Files.writeString(home.resolve("relay.password"), CloudRelay.PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    spillway = ground.keep(new SpillwayProcess(home, yaml(certificate)));
    spillway.start();
  }

  @AfterEach
  void stop() throws Exception {
    ground.close();
  }

  private String yaml(Certificate certificate) {
    return """
    networks: [127.0.0.0/8]
    domains:
      example.com: {}
      example.org: {}
    sites:
      onprem:
        kind: smtp
        hosts: ["127.0.0.1:%d"]
        directions: [inbound, internal, outbound]
        hosts-domains: [example.com]
        tls: none
        health: &quick %s
      store:
        kind: lmtp
        hosts: ["127.0.0.1:%d"]
        hosts-domains: [example.org]
        tls: none
        health: *quick
      relay:
        kind: relay
        hosts: ["localhost:%d"]
        tls: verify
        ca-file: %s
        user: %s
        password: {file: relay.password}
        allowed-from: [example.com]
        prefer-ipv4: true
        health: *quick
    routes:
      - {direction: inbound, domains: [example.com], sites: [onprem]}
      - {direction: inbound, domains: [example.org], sites: [store]}
      - {direction: outbound, sites: [onprem, relay]}
    %s
    """
        .formatted(
            onprem.port(),
            Quick.HEALTH,
            store.port(),
            relay.port(),
            certificate.chain(),
            CloudRelay.USER,
            Quick.RETRY);
  }

  @Test
  void swaksAndSmtpSourceReachEveryServer() throws Exception {
    swaks("in-com", "carol@example.net", "bob@example.com");
    swaks("in-org", "carol@example.net", "bob@example.org");
    swaks("out", "bob@example.com", "carol@world.test");
    awaitAll(Map.of("in-com", 1, "out", 1), onprem);
    awaitAll(Map.of("in-org", 1), store);
    smtpSource(300, "bob@example.com");
    smtpSource(300, "bob@example.org");
    await().atMost(SOON).until(() -> onprem.maildir().mails().size() == 302);
    await().atMost(SOON).until(() -> store.maildir().mails().size() == 301);
    assertThat(onprem.arrivals().values()).containsOnly(1);
    assertThat(store.arrivals().values()).containsOnly(1);
    assertThat(relay.arrivals()).isEmpty();
    spillway.stop();
  }

  @Test
  void whenTheFirstServerDiesInMidStreamNothingIsLost() throws Exception {
    Journal journal = new Journal();
    Sender sender = ground.keep(new Sender(spillway.port(), journal).every(10));
    sender.start(3, mixed());
    await().atMost(SOON).until(() -> onprem.arrivals().size() > 100);
    onprem.stop();
    await().atMost(SOON).until(() -> relay.arrivals().size() > 30);
    sender.close();
    assertThat(journal.refused()).isEmpty();

    Set<String> unknown = everythingArrivedOrWaitsWithItsReason(journal);
    await().atMost(SOON).untilAsserted(this::spilledMailSaysSo);

    onprem.start();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(Tally.of(journal, onprem, relay, store).missing()).isEmpty());
    await().atMost(SOON).until(() -> spillway.rows("queue", "list").isEmpty());
    everyMessageArrivedOnceAtItsPlace(journal, unknown);
    spillway.stop();
  }

  private static Supplier<Letter> mixed() {
    return Letter.inTurn(
        Letter.endless("com", "carol+*@example.net", "bob@example.com", 4000),
        Letter.endless("org", "carol+*@example.net", "bob@example.org", 4000),
        Letter.endless("out", "bob+*@example.com", "carol@world.test", 4000));
  }

  /** Gives the ids of those whose outcome is unknown: they may arrive twice, the others not. */
  private Set<String> everythingArrivedOrWaitsWithItsReason(Journal journal) {
    Set<String> unknown = new TreeSet<>();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              List<Map<String, Object>> waiting = spillway.rows("queue", "list");
              Set<String> nowhere = Tally.of(journal, onprem, relay, store).missing();
              waiting.forEach(row -> nowhere.remove(id(row)));
              assertThat(nowhere).hasSizeLessThanOrEqualTo((int) onprem.queued());
              assertThat(waiting).isNotEmpty();
              assertThat(waiting)
                  .filteredOn(row -> !row.containsKey("unknownAt")) // stays on its path
                  .allSatisfy(row -> assertThat(row).containsEntry("to", "bob@example.com"))
                  .allSatisfy(
                      row -> assertThat(row).extractingByKey("why").asString().isNotBlank());
              waiting.stream()
                  .filter(row -> row.containsKey("unknownAt"))
                  .forEach(row -> unknown.add(id(row)));
            });
    return unknown;
  }

  /** The id that the sender's address bears. */
  private static String id(Map<String, Object> row) {
    return row.get("from").toString().replaceFirst(".*\\+(.*)@.*", "$1");
  }

  private void spilledMailSaysSo() throws Exception {
    List<Map<String, Object>> traces =
        spillway.rows("trace", "--to", "carol@world.test", "--since", "10m", "--limit", "10000");
    Set<String> spilled =
        traces.stream()
            .filter(trace -> trace.toString().contains("spill-from=onprem"))
            .map(trace -> trace.get("id").toString())
            .collect(Collectors.toSet());
    assertThat(spilled).hasSize(relay.arrivals().size());
  }

  private void everyMessageArrivedOnceAtItsPlace(Journal journal, Set<String> unknown) {
    Tally tally = Tally.of(journal, onprem, relay, store);
    Figures.say("real-peers.accepted", journal.acknowledged().size(), "messages");
    Figures.say("real-peers.lost", tally.missing().size(), "messages");
    Figures.say("real-peers.duplicates", tally.twice().size(), "messages");
    Figures.say("real-peers.unknown", unknown.size(), "messages");
    Figures.say("real-peers.spilled", relay.arrivals().size(), "messages");
    Figures.say("real-peers.stored-by-lmtp", store.arrivals().size(), "messages");
    assertThat(tally.missing()).isEmpty();
    assertThat(unknown).containsAll(tally.twice().keySet());
    assertThat(store.arrivals().keySet()).allMatch(id -> id.startsWith("org-"));
    assertThat(relay.arrivals().keySet()).allMatch(id -> id.startsWith("out-"));
    Set<String> here = new TreeSet<>(onprem.arrivals().keySet());
    assertThat(here).noneMatch(id -> id.startsWith("org-"));
    for (PostfixServer server : List.of(onprem, relay)) {
      assertThat(server.maildir().mails()).allMatch(mail -> passes(mail) == 1, "no loop");
    }
  }

  /** How often a message came through the gateway. */
  private static long passes(Maildir.Mail mail) {
    return mail.header().stream().filter(line -> line.contains("by gateway.test")).count();
  }

  private void swaks(String id, String from, String to) throws Exception {
    Command.of(
            Peers.require("swaks"),
            "-s",
            "127.0.0.1:" + spillway.port(),
            "-f",
            from,
            "-t",
            to,
            "--h-X-Test-Id",
            id)
        .must();
  }

  private void smtpSource(int count, String to) throws Exception {
    Command.of(
            Peers.require("smtp-source"),
            "-s",
            "5",
            "-m",
            count,
            "-l",
            "10240",
            "-f",
            "carol@example.net",
            "-t",
            to,
            "127.0.0.1:" + spillway.port())
        .must();
  }

  private static void awaitAll(Map<String, Integer> expected, Mailbox mailbox) {
    await().atMost(SOON).untilAsserted(() -> assertThat(mailbox.arrivals()).isEqualTo(expected));
  }
}
