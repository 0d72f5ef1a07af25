package org.spillway.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.Reply;
import org.spillway.metrics.Metrics;
import org.spillway.policy.Constraints;
import org.spillway.report.Reporter;
import org.spillway.route.HealthBoard;
import org.spillway.route.Hop;
import org.spillway.route.Paths;
import org.spillway.route.Site;
import org.spillway.route.VirtualTime;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** The dispatcher with its own threads, to find what virtual time can not: races. */
final class RealThreadsTest {
  private static final int MESSAGES = 2000;
  private static final int PRODUCERS = 4;
  private static final Duration SOON = Duration.ofMillis(20);

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final Random chance = new Random(5);

  private int draw() {
    synchronized (chance) {
      return chance.nextInt(20);
    }
  }

  @Test
  void everyRecipientEndsOnce() throws Exception {
    Paths paths = Story.paths(OutageTest.HYBRID, OutageTest.ONPREM, OutageTest.CLOUD);
    InstantSource clock = new VirtualTime(); // stands still: only elapsed time counts here
    HealthBoard board = new HealthBoard(paths.sites().values(), clock, System::nanoTime);
    MemorySpool spool = new MemorySpool();
    CountDownLatch ended = new CountDownLatch(2 * MESSAGES);
    List<Entry> entries = new ArrayList<>();
    try (Story maker = Story.of(OutageTest.HYBRID, OutageTest.ONPREM, OutageTest.CLOUD)) {
      for (int i = 0; i < MESSAGES; i++) {
        entries.add(
            maker.entry(Direction.INBOUND, Constraints.NONE, "ann@example.com", "tim@example.com"));
      }
      Delivering delivering =
          new Delivering(
              new Delivering.Parts(
                  paths,
                  spool,
                  courier(board),
                  board,
                  quick(),
                  counting(ended),
                  maker.silence(),
                  Metrics.NONE,
                  new Times(clock, System::nanoTime),
                  new Random(6),
                  Thread::startVirtualThread,
                  new ThreadPace("dispatcher", System::nanoTime),
                  new ThreadPace("prober", System::nanoTime)));
      CamelContext camel = new DefaultCamelContext();
      camel.start();
      camel.addRoutes(delivering.route());
      delivering.start(camel);
      entries.forEach(spool::put);
      for (int producer = 0; producer < PRODUCERS; producer++) {
        int first = producer;
        Thread.startVirtualThread(
            () -> {
              for (int i = first; i < MESSAGES; i += PRODUCERS) {
                delivering.queue().add(entries.get(i));
              }
            });
      }
      assertThat(ended.await(120, TimeUnit.SECONDS)).isTrue();
      assertThat(delivering.stop(Duration.ofSeconds(30))).isTrue();
      camel.stop();
    }
    assertThat(spool.ends).hasSize(2 * MESSAGES);
    assertThat(spool.ends.values()).allMatch(times -> times == 1);
    assertThat(mostOpen.get()).isBetween(1, 20);
  }

  private static RetrySettings quick() {
    RetrySettings d = RetrySettings.DEFAULT;
    return new RetrySettings(
        List.of(SOON), SOON, SOON, 0.5, d.lifetime(), d.lifetime(), d.delayNotice(), SOON);
  }

  private static Reporter counting(CountDownLatch ended) {
    return new Reporter() {
      @Override
      public void settled(Entry entry, Map<Integer, Disposition> now) {
        now.keySet().forEach(i -> ended.countDown());
      }

      @Override
      public void delayed(Entry entry, Set<Integer> recipients, String why) {
        throw new AssertionError("nothing is late");
      }
    };
  }

  private Courier courier(HealthBoard board) {
    return new Courier() {
      @Override
      public Map<Integer, Outcome> attempt(
          Site site,
          Optional<Domain> destination,
          Entry entry,
          List<Integer> recipients,
          FinalDot note) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        Thread.yield();
        Map<Integer, Outcome> outcomes = new HashMap<>();
        recipients.forEach(i -> outcomes.put(i, outcome()));
        board.good(Hop.of(site.name(), site.hosts().getFirst()), "250 ok");
        open.decrementAndGet();
        return outcomes;
      }

      @Override
      public Probe probe(Site site, String host) {
        return new Probe.Good(host);
      }

      @Override
      public void drop(Site site) {
        // No connection is kept.
      }

      @Override
      public void close() {
        // No connection is kept.
      }
    };
  }

  private Outcome outcome() {
    return switch (draw()) {
      case 0, 1, 2 -> FakeCourier.deferred("onprem", "451 4.2.1", "later", new Effect.None());
      case 3 -> FakeCourier.failed("onprem", "550 5.1.1", "nobody", new Effect.None());
      case 4 -> new Outcome.Unknown("onprem", "lost");
      default -> new Outcome.Delivered("onprem", Reply.of(250, "2.0.0", "ok"), false);
    };
  }
}
