package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** How long answers are kept, and who shares them. */
final class KeepingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final NameServer server;
  private final HandTime time = new HandTime();

  KeepingTest() throws IOException {
    server = new NameServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private DnsJavaResolver resolver(DnsSettings.Caching caching) {
    return new DnsJavaResolver(
        DnsSettings.standard(List.of(server.address())).withCaching(caching), time, time);
  }

  private static DnsSettings.Caching standard() {
    return DnsSettings.Caching.standard();
  }

  private void expectQuestions(int asked) {
    assertThat(server.questions).hasSize(asked);
  }

  @Test
  void anAnswerIsKeptForItsTime() throws IOException {
    Dns dns = resolver(standard());
    server.add("a.test", "TXT", "x", 300);
    dns.txt("a.test");
    time.pass(Duration.ofSeconds(299));
    dns.txt("A.test.");
    expectQuestions(1);
    time.pass(SECOND);
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
    expectQuestions(2);
  }

  @Test
  void anAnswerWithoutTimeIsNeverKept() throws IOException {
    Dns dns = resolver(standard().withStale(Duration.ofDays(1)));
    server.add("a.test", "TXT", "x", 0);
    dns.txt("a.test");
    dns.txt("a.test");
    expectQuestions(2);
    server.add("b.test", "CNAME", "c.test", 0);
    server.add("c.test", "TXT", "x", 300);
    dns.txt("b.test");
    dns.txt("b.test");
    expectQuestions(4);
  }

  @Test
  void theLeastTimeOnTheWayCountsAndTheMostIsBounded() throws IOException {
    Dns dns = resolver(standard());
    server.add("b.test", "CNAME", "c.test", 5);
    server.add("c.test", "TXT", "x", 300);
    dns.txt("b.test");
    time.pass(Duration.ofSeconds(5));
    dns.txt("b.test");
    expectQuestions(2);
    server.add("long.test", "TXT", "x", 2_000_000);
    dns.txt("long.test");
    time.pass(Duration.ofDays(1));
    dns.txt("long.test");
    expectQuestions(4);
  }

  @Test
  void noneIsKeptForTheTimeOfTheSoa() {
    Dns dns = resolver(standard());
    dns.txt("none.test");
    time.pass(Duration.ofSeconds(59));
    assertThat(dns.txt("none.test")).isEqualTo(new Answer.Absent<>(false));
    expectQuestions(1);
    time.pass(SECOND);
    dns.txt("none.test");
    expectQuestions(2);
  }

  @Test
  void noneIsKeptNoLongerThanTheSettingsSay() {
    Duration ten = Duration.ofSeconds(10);
    Dns dns =
        resolver(
            new DnsSettings.Caching(100, Duration.ofDays(1), ten, Duration.ZERO, Duration.ZERO));
    dns.txt("none.test");
    time.pass(ten);
    dns.txt("none.test");
    expectQuestions(2);
  }

  @Test
  void noneWithoutAnSoaIsNotKept() {
    Dns dns = resolver(standard());
    server.play =
        (_, answer) -> {
          answer.getSection(Section.AUTHORITY).stream()
              .filter(SOARecord.class::isInstance)
              .toList()
              .forEach(soa -> answer.removeRecord(soa, Section.AUTHORITY));
          return List.of(answer.toWire());
        };
    dns.txt("none.test");
    dns.txt("none.test");
    expectQuestions(2);
  }

  @Test
  void aFailureIsKeptWhereTheSettingsSaySo() throws IOException {
    Dns dns =
        resolver(
            new DnsSettings.Caching(
                100, Duration.ofDays(1), Duration.ofHours(1), SECOND, Duration.ZERO));
    server.zone("a.test FAIL x");
    dns.txt("a.test");
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Failed.class);
    expectQuestions(1);
    time.pass(SECOND);
    dns.txt("a.test");
    expectQuestions(2);
  }

  @Test
  void aStaleAnswerServesOnlyWhenNoServerAnswers() throws IOException {
    DnsJavaResolver dns = resolver(standard().withStale(Duration.ofHours(1)));
    server.add("a.test", "TXT", "x", 300);
    server.add("_25._tcp.a.test", "TLSA", "3 1 1 ab", 300);
    dns.txt("a.test");
    dns.tlsa("_25._tcp.a.test");
    time.pass(Duration.ofSeconds(300));
    server.rcode = Rcode.SERVFAIL;
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Found.class);
    assertThat(dns.tlsa("_25._tcp.a.test")).isInstanceOf(Answer.Failed.class);
    expectQuestions(4);
    assertThat(dns.status().stale()).isEqualTo(1);
    time.pass(Duration.ofSeconds(30));
    assertThat(dns.txt("a.test")).as("asked again after 30 s").isInstanceOf(Answer.Found.class);
    expectQuestions(5);
    time.pass(Duration.ofHours(1));
    assertThat(dns.txt("a.test")).isInstanceOf(Answer.Failed.class);
    assertThat(resolver(standard()).txt("a.test")).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void aFreshAnswerReplacesAStaleOne() throws IOException {
    Dns dns = resolver(standard().withStale(Duration.ofHours(1)));
    server.add("a.test", "TXT", "x", 300);
    dns.txt("a.test");
    time.pass(Duration.ofSeconds(300));
    server.zone("a.test TXT y");
    assertThat(dns.txt("a.test")).isEqualTo(new Answer.Found<>(List.of("x", "y"), false));
  }

  @Test
  void theCacheIsBoundedByEntriesAndBytes() {
    DnsJavaResolver dns =
        resolver(
            new DnsSettings.Caching(
                10, Duration.ofDays(1), Duration.ofHours(1), Duration.ZERO, Duration.ZERO));
    IntStream.range(0, 50).forEach(i -> dns.txt(i + ".test"));
    assertThat(dns.status().kept()).isEqualTo(10);
    AnswerCache<String> cache = new AnswerCache<>(10, time);
    AnswerCache.Life heavy = new AnswerCache.Life(SECOND, Duration.ZERO, 3_000);
    IntStream.range(0, 50).forEach(i -> cache.put(Question.of(i + ".test", 16), "x", heavy));
    assertThat(cache.size()).isEqualTo(3);
    assertThat(cache.fresh(Question.of("49.test", 16))).contains("x");
  }

  @Test
  void manyWithOneQuestionAskItOnce() throws Exception {
    DnsJavaResolver dns = resolver(standard());
    server.add("a.test", "TXT", "x", 0);
    CountDownLatch release = new CountDownLatch(1);
    server.play =
        (_, answer) -> {
          await(release);
          return List.of(answer.toWire());
        };
    CountDownLatch done = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      Thread.startVirtualThread(
          () -> {
            if (dns.txt("a.test") instanceof Answer.Found<String>) {
              done.countDown();
            }
          });
    }
    org.awaitility.Awaitility.await().until(() -> !server.questions.isEmpty());
    release.countDown();
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(dns.status().asked() + dns.status().joined()).isEqualTo(20);
    assertThat(server.questions).hasSizeLessThan(20);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void countsWhatItDid() throws IOException {
    DnsJavaResolver dns = resolver(standard());
    server.zone("a.test TXT x\nb.test FAIL y");
    dns.txt("a.test");
    dns.txt("a.test");
    dns.txt("b.test");
    DnsStatus status = dns.status();
    assertThat(List.of(status.asked(), status.cached(), status.failed(), (long) status.kept()))
        .containsExactly(2L, 1L, 1L, 1L);
    assertThat(status.servers().getFirst().address()).isEqualTo(server.address());
  }
}
