package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.spillway.spool.Receipt;

/** What a listener does around its dialogs: limits, timeouts, pressure, the end. */
class ListenerTest {
  @Test
  void sessionsInAllAndByAddressAreLimited() throws Exception {
    try (Lab lab = Lab.clear("sessions=2");
        Client first = lab.greeted();
        Client second = lab.greeted();
        Client third = new Client(lab.listener.port())) {
      assertThat(third.reply()).startsWith("421 4.3.2 ");
      assertThat(third.isAtEnd()).isTrue();
      assertThat(lab.world.metrics.limit("sessions")).isOne();
      assertThat(first.ask("QUIT")).startsWith("221 ");
      await().until(() -> lab.counts.sessions() == 1);
      try (Client fourth = lab.greeted()) {
        assertThat(fourth.ask("NOOP")).startsWith("250 ");
      }
      assertThat(second.ask("NOOP")).startsWith("250 ");
    }
    try (Lab lab = Lab.clear("sessionsPerAddress=1");
        Client first = lab.greeted();
        Client second = new Client(lab.listener.port())) {
      assertThat(second.reply()).startsWith("421 4.7.0 ");
      assertThat(first.ask("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void limitsOfNewSessionsMayChangeWhileOldOnesGoOn() throws Exception {
    try (Lab lab = Lab.clear("");
        Client old = lab.greeted()) {
      lab.world.limits =
          new org.spillway.smtp.server.DialogWorld(java.util.Map.of("limits", "sizeBytes=1000"))
              .limits;
      try (Client fresh = lab.greeted()) {
        fresh.send("EHLO client.example\r\n");
        fresh.line();
        fresh.line();
        assertThat(fresh.line()).isEqualTo("250-SIZE 1000");
      }
      old.send("EHLO client.example\r\n");
      old.line();
      old.line();
      assertThat(old.line()).isEqualTo("250-SIZE 52428800");
    }
  }

  @Test
  void aSilentClientIsSentAway() throws Exception {
    try (Lab lab = Lab.clear("");
        Client client = lab.greeted()) {
      lab.later(Duration.ofSeconds(299));
      assertThat(client.ask("NOOP")).startsWith("250 ");
      later(lab, 301, "timeout");
      assertThat(client.reply()).startsWith("421 4.4.2 ");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void soIsOneThatStopsWithinContent() throws Exception {
    try (Lab lab = Lab.clear("minBytesPerSecond=0");
        Client client = lab.inContent()) {
      client.send("Subject: x\r\n\r\nhalf");
      await().until(() -> lab.world.spool.openDrafts.get() == 1);
      later(lab, 181, "timeout");
      assertThat(client.reply()).startsWith("421 4.4.2 ");
      await().until(() -> lab.world.spool.openDrafts.get() == 0);
      assertThat(lab.world.spool.kept).isEmpty();
    }
  }

  @Test
  void soIsOneThatTrickles() throws Exception {
    try (Lab lab = Lab.clear("");
        Client client = lab.inContent()) {
      client.send("Subject: x\r\n");
      await().until(() -> lab.world.context.budget().usedBytes() > 0);
      later(lab, 31, "rate");
      assertThat(client.reply()).isEqualTo("421 4.4.2 too slow, closing connection");
    }
  }

  @Test
  void aJudgementThatHangsIsA451AndKeepsNothing() throws Exception {
    CountDownLatch let = new CountDownLatch(1);
    try (Lab lab = Lab.clear("");
        Client client = lab.inContent()) {
      CountDownLatch asked = new CountDownLatch(1);
      lab.world.admission.beforeMessage =
          () -> {
            asked.countDown();
            awaitLatch(let);
          };
      client.send("Subject: x\r\n\r\n.\r\n");
      asked.await();
      later(lab, 30, "message-timeout");
      assertThat(client.reply()).startsWith("451 4.3.0 ");
      assertThat(client.isAtEnd()).isTrue();
      let.countDown();
      await().until(() -> lab.world.spool.openDrafts.get() == 0);
      assertThat(lab.world.spool.kept).isEmpty();
    }
  }

  /** MINA's selector turns once a second by itself; content must not come at that pace. */
  @Test
  void aLargeMessageAloneOnTheListenerDoesNotWaitForTheSelector() throws Exception {
    try (Lab lab = Lab.clear("");
        Client client = lab.inContent()) {
      long begin = System.nanoTime();
      client.send("Subject: x\r\n\r\n" + "0123456789abcde\r\n".repeat(500_000) + ".\r\n");
      assertThat(client.reply()).startsWith("250 ");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }
  }

  /** Lets time pass until a limit is reached. */
  private static void later(Lab lab, int seconds, String limit) {
    await()
        .untilAsserted(
            () -> {
              lab.later(Duration.ofSeconds(seconds));
              assertThat(lab.world.metrics.limit(limit)).isOne();
            });
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStopLetsTransactionsEndAndSendsIdleClientsAway() throws Exception {
    Lab lab = Lab.clear("");
    try (Client idle = lab.greeted();
        Client busy = lab.inContent();
        ExecutorService one = Executors.newSingleThreadExecutor()) {
      Future<?> stopped =
          one.submit(
              () -> {
                lab.listener.stop(Duration.ofSeconds(20));
                return "";
              });
      assertThat(idle.reply()).startsWith("421 4.3.2 ");
      busy.send("Subject: x\r\n\r\nbody\r\n.\r\n");
      assertThat(busy.reply()).startsWith("250 2.0.0 accepted");
      assertThat(busy.reply()).startsWith("421 4.3.2 ");
      assertThat(busy.isAtEnd()).isTrue();
      stopped.get();
      assertThat(lab.world.spool.kept).hasSize(1);
    }
  }

  @Test
  void aStopCutsOffWhatLastsTooLong() throws Exception {
    Lab lab = Lab.clear("");
    try (Client busy = lab.inContent()) {
      lab.listener.stop(Duration.ofMillis(1));
      assertThat(busy.isAtEnd()).isTrue();
      await().until(() -> lab.world.spool.openDrafts.get() == 0);
    }
  }

  @Test
  void whatWasSaidBeforeTheClientHungUpIsStillAnswered() throws Exception {
    try (Lab lab = Lab.clear("");
        Client client = lab.withEnvelope()) {
      client.send("DATA\r\nSubject: x\r\n\r\nbody\r\n.\r\nQUIT\r\n");
      client.shutdownOutput();
      assertThat(client.reply()).startsWith("354 ");
      assertThat(client.reply()).startsWith("250 2.0.0 ");
      assertThat(client.reply()).startsWith("221 ");
    }
  }

  @Test
  void aStuckSpoolStopsTheReadingAndNotTheHeap() throws Exception {
    CountDownLatch let = new CountDownLatch(1);
    try (Lab lab = Lab.clear("");
        Client client = lab.inContent();
        ExecutorService one = Executors.newSingleThreadExecutor()) {
      lab.world.spool.receipt =
          id -> {
            awaitLatch(let);
            return new Receipt.Safe(id, 1);
          };
      client.send("Subject: x\r\n\r\nbody\r\n.\r\n");
      byte[] noop = "NOOP\r\n".repeat(10_000).getBytes();
      Future<?> sending =
          one.submit(
              () -> {
                for (int i = 0; i < 9; i++) {
                  client.send(noop);
                }
                return "";
              });
      await().until(() -> lab.world.context.budget().usedBytes() > 128 << 10);
      assertThat(lab.world.context.budget().usedBytes()).isLessThan(256 << 10);
      let.countDown();
      assertThat(client.reply()).startsWith("250 2.0.0 accepted");
      for (int i = 0; i < 90_000; i++) {
        assertThat(client.reply()).isEqualTo("250 2.0.0 ok");
      }
      sending.get();
    }
  }

  @Test
  void aLargeMessageAndTwoHundredSessionsAtOnce() throws Exception {
    try (Lab lab = Lab.clear("sessionsPerAddress=300");
        ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger ok = new AtomicInteger();
      List<Future<?>> sessions = new ArrayList<>();
      String body = ("x".repeat(76) + "\r\n").repeat(200);
      for (int i = 0; i < 200; i++) {
        int messages = i == 0 ? 1 : 5;
        String content = i == 0 ? body.repeat(300) : body;
        sessions.add(many.submit(() -> send(lab, messages, content, ok)));
      }
      for (Future<?> session : sessions) {
        session.get();
      }
      assertThat(ok.get()).isEqualTo(199 * 5 + 1);
      assertThat(lab.world.spool.kept).hasSize(ok.get());
      assertThat(lab.world.spool.kept)
          .allMatch(k -> k.accepted().facts().sizeBytes() == k.content().length)
          .extracting(k -> k.id())
          .doesNotHaveDuplicates();
      await().until(() -> lab.counts.sessions() == 0);
      assertThat(lab.world.context.budget().usedBytes()).isZero();
    }
  }

  private static String send(Lab lab, int messages, String body, AtomicInteger ok)
      throws Exception {
    try (Client client = lab.greeted()) {
      client.ask("EHLO client.example");
      for (int i = 0; i < messages; i++) {
        client.send("MAIL FROM:<a@client.example>\r\nRCPT TO:<ann@example.com>\r\nDATA\r\n");
        assertThat(client.reply()).startsWith("250 ");
        assertThat(client.reply()).startsWith("250 ");
        assertThat(client.reply()).startsWith("354 ");
        client.send("Subject: x\r\n\r\n" + body + ".\r\n");
        assertThat(client.reply()).startsWith("250 2.0.0 accepted");
        ok.incrementAndGet();
      }
      return client.ask("QUIT");
    }
  }
}
