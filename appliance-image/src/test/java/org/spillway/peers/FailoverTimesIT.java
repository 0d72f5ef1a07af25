package org.spillway.peers;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How long it takes from the death of the server on the premises to the first spilled message, and
 * from its return to its first mail. With the demo's health times; with {@code
 * -Dspillway.times=default} with the defaults, which takes some ten minutes.
 */
final class FailoverTimesIT {

  private static final boolean DEFAULT = "default".equals(System.getProperty("spillway.times"));
  private static final Duration LONGEST = DEFAULT ? Duration.ofMinutes(9) : Duration.ofSeconds(60);
  private static final String DEMO_HEALTH =
      "health: {failures: 3, probe-every: 1s, hold: 2s, good-probes: 3, good-for: 2s,"
          + " stable-for: 5s, spill-after: 2s}";

  private Ground ground;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(FailoverTimesIT.class);
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void fromDeathToSpillAndFromReturnToHome() throws Exception {
    Sink onprem = ground.keep(Sink.quick()).start();
    Sink relay = ground.keep(Sink.quick()).start();
    SpillwayProcess spillway =
        ground.keep(
            new SpillwayProcess(ground.folder("spillway"), yaml(onprem.port(), relay.port())));
    spillway.start();
    Journal journal = new Journal();
    Sender sender = ground.keep(new Sender(spillway.port(), journal).every(100));
    sender.start(
        2,
        Letter.inTurn(
            Letter.endless("out", "bob@example.com", "carol@world.test", 4000),
            Letter.endless("in", "carol@example.net", "bob@example.com", 4000)));
    await().atMost(LONGEST).until(() -> onprem.count() > 50);

    long death = System.nanoTime();
    onprem.close();
    awaitCount(relay, 1);
    String times = DEFAULT ? "default" : "demo";
    Figures.say("failover." + times + ".death-to-first-spill", since(death));

    awaitCount(relay, 20);
    long there = onprem.count();
    long back = System.nanoTime();
    onprem.start();
    awaitCount(onprem, there + 1);
    Figures.say("failover." + times + ".return-to-first-delivery", since(back));
    sender.close();
    await().atMost(LONGEST).until(() -> Tally.of(journal, onprem, relay).missing().isEmpty());
    Figures.say("failover." + times + ".return-to-empty-queue", since(back));
    Figures.say("failover." + times + ".spilled", relay.count(), "messages");
    Figures.say(
        "failover." + times + ".duplicates",
        Tally.of(journal, onprem, relay).twice().size(),
        "messages");
    spillway.stop();
  }

  private static void awaitCount(Sink sink, long count) {
    await().atMost(LONGEST).pollInterval(Duration.ofMillis(20)).until(() -> sink.count() >= count);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static String yaml(int onprem, int relay) {
    return """
    networks: [127.0.0.0/8]
    domains:
      example.com: {}
    sites:
      onprem:
        kind: smtp
        hosts: ["127.0.0.1:%1$d"]
        directions: [inbound, internal, outbound]
        hosts-domains: [example.com]
        tls: none
        %3$s
      relay:
        kind: relay
        hosts: ["127.0.0.1:%2$d"]
        tls: none
        %3$s
    routes:
      - {direction: inbound, sites: [onprem]}
      - {direction: outbound, sites: [onprem, relay]}
    """
        .formatted(onprem, relay, DEFAULT ? "" : DEMO_HEALTH);
  }
}
