package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** kill -9 under load, again and again: what got a 250 arrives. */
final class CrashLoopIT {

  private static final int ROUNDS = 20;
  private static final int CONNECTIONS = 8;
  private static final int PER_ROUND = 250;
  private static final Duration SOON = Duration.ofSeconds(60);

  private Ground ground;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(CrashLoopIT.class);
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void noAcknowledgedMessageIsLostInTwentyCrashes() throws Exception {
    Sink sink = ground.keep(Sink.quick()).start();
    SpillwayProcess spillway =
        ground.keep(new SpillwayProcess(ground.folder("spillway"), Quick.oneSite(sink.port())));
    Journal journal = new Journal();
    Sender sender = ground.keep(new Sender(spillway.port(), journal));
    sender.start(
        CONNECTIONS, Letter.endless("crash", "carol@example.net", "bob@example.com", 8000));
    for (int round = 0; round < ROUNDS; round++) {
      spillway.start();
      int before = journal.acknowledged().size();
      await().atMost(SOON).until(() -> journal.acknowledged().size() > before + PER_ROUND);
      spillway.kill();
    }
    sender.close();
    spillway.start();
    await()
        .atMost(SOON.multipliedBy(2))
        .untilAsserted(() -> assertThat(Tally.of(journal, sink).missing()).isEmpty());
    await().atMost(SOON).until(() -> spillway.rows("queue", "list").isEmpty());
    say(journal, Tally.of(journal, sink));
    assertThat(journal.refused()).isEmpty();
    assertThat(spillway.command("spool", "verify").run().code()).isZero();
    spillway.stop();
  }

  private static void say(Journal journal, Tally tally) {
    Figures.say("crash-loop.rounds", ROUNDS, "kills");
    Figures.say("crash-loop.acknowledged", journal.acknowledged().size(), "messages");
    Figures.say("crash-loop.lost", tally.missing().size(), "messages");
    Figures.say("crash-loop.duplicates", tally.twice().size(), "messages");
    Figures.say("crash-loop.unanswered", journal.unanswered().size(), "messages");
    Figures.say("crash-loop.arrived-unanswered", tally.strangers().size(), "messages");
    assertThat(tally.missing()).isEmpty();
    // Only deliveries in flight at a kill may come twice: each of the site's 20 connections has
    // one.
    assertThat(tally.twice().size()).isLessThanOrEqualTo(ROUNDS * 20);
    assertThat(journal.unanswered()).containsAll(tally.strangers());
  }
}
