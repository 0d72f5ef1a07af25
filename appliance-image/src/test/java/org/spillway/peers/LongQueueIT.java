package org.spillway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A long queue while the server is down: heap, restart, drain. With 20,000 messages; with {@code
 * -Dspillway.scale=full} with 100,000.
 */
final class LongQueueIT {

  private static final int MESSAGES =
      "full".equals(System.getProperty("spillway.scale")) ? 100_000 : 20_000;
  private static final Duration LONGEST = Duration.ofMinutes(9);

  private Ground ground;
  private Sink sink;
  private GcLog gc;
  private SpillwayProcess spillway;

  @BeforeEach
  void open() throws Exception {
    ground = new Ground(LongQueueIT.class);
    sink = ground.keep(Sink.quick());
    gc = new GcLog(ground.folder().resolve("gc.log"));
    spillway =
        ground
            .keep(new SpillwayProcess(ground.folder("spillway"), Quick.oneSite(sink.port())))
            .javaOptions(gc.flag());
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void theQueueOutlivesRestartsAndDrains() throws Exception {
    spillway.start();
    Journal journal = new Journal();
    long begin = System.nanoTime();
    new Sender(spillway.port(), journal).send(20, MESSAGES, smallLetters());
    Figures.say("long-queue.messages", MESSAGES, "messages");
    Figures.say("long-queue.accepted", MESSAGES / since(begin), "messages/s");
    assertThat(journal.acknowledged()).hasSize(MESSAGES);
    Figures.say("long-queue.heap-after-gc", gc.afterFullMiB(spillway.pid()), "MiB");

    spillway.stop();
    Figures.say("long-queue.restart-to-greeting", spillway.start());
    spillway.kill();
    Figures.say("long-queue.restart-after-kill-to-greeting", spillway.start());
    Figures.say("long-queue.heap-after-restart", gc.afterFullMiB(spillway.pid()), "MiB");

    long back = System.nanoTime();
    sink.start();
    await().atMost(LONGEST).until(() -> sink.count() > 0);
    Figures.say("long-queue.return-to-first-delivery", since(back), "s");
    long first = System.nanoTime();
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> Tally.of(journal, sink).missing().isEmpty());
    Figures.say("long-queue.drained-after", since(first), "s");
    Figures.say("long-queue.drain-rate", MESSAGES / since(first), "messages/s");
    Figures.say("long-queue.duplicates", Tally.of(journal, sink).twice().size(), "messages");
    assertThat(Tally.of(journal, sink).twice()).isEmpty();
    await().atMost(LONGEST).until(() -> spillway.rows("queue", "list").isEmpty());
    Figures.say("long-queue.heap-when-empty", gc.afterFullMiB(spillway.pid()), "MiB");
    spillway.stop();
  }

  /** From 2 to 4 KiB each. */
  private static Supplier<Letter> smallLetters() {
    RandomGenerator chance = RandomGenerator.of("L64X128MixRandom");
    Supplier<Letter> letters = Letter.endless("queued", "carol@example.net", "bob@example.com", 0);
    return () -> {
      Letter letter = letters.get();
      return new Letter(letter.id(), letter.from(), letter.to(), size(chance));
    };
  }

  private static synchronized int size(RandomGenerator chance) {
    return 2048 + chance.nextInt(2048);
  }

  private static double since(long nanos) {
    return Figures.seconds(Duration.ofNanos(System.nanoTime() - nanos));
  }
}
