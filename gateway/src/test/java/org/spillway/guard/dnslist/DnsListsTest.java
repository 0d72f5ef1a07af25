package org.spillway.guard.dnslist;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.metrics.Metrics;
import org.spillway.testing.FakeDns;

/** Lists in the DNS: questions, weights, answers that count, lists that are broken. */
class DnsListsTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final DnsList BAD = new DnsList("bad.test", 5, List.of());
  private static final DnsList GOOD = new DnsList("good.test", -10, List.of());

  private static Standing ask(Dns dns, String ip, DnsList... lists) {
    return new DnsLists(dns, Metrics.NONE).ask(InetAddress.ofLiteral(ip), List.of(lists), SOON);
  }

  @Test
  void weightsAreAddedUp() {
    FakeDns dns =
        new FakeDns().zone("1.2.0.192.bad.test A 127.0.0.2\n1.2.0.192.good.test A 127.0.5.1");
    Standing one = ask(dns, "192.0.2.1", BAD);
    assertThat(one.score()).isEqualTo(5);
    assertThat(one.listed()).containsExactly(new ListAnswer.Listed("bad.test", 5, "127.0.0.2"));
    assertThat(one.isVouchedFor()).isFalse();
    Standing both = ask(dns, "192.0.2.1", BAD, GOOD);
    assertThat(both.score()).isEqualTo(-5);
    assertThat(both.isVouchedFor()).isTrue();
    assertThat(ask(dns, "192.0.2.2", BAD, GOOD)).isEqualTo(Standing.NONE);
  }

  @Test
  void ipv6IsAskedByNibbles() {
    FakeDns dns = new FakeDns();
    ask(dns, "2001:db8::1", BAD);
    assertThat(dns.questions())
        .containsExactly(
            "address 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bad.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fe80::1", "fd00::1"})
  void nobodyIsAskedAboutLocalAddresses(String ip) {
    FakeDns dns = new FakeDns();
    assertThat(ask(dns, ip, BAD)).isEqualTo(Standing.NONE);
    assertThat(dns.questions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.255.255.254",
        "127.255.255.252",
        "127.255.255.255",
        "203.0.113.5",
        "10.0.0.1"
      })
  void aBrokenListSaysNothing(String answer) {
    FakeDns dns = new FakeDns().zone("1.2.0.192.bad.test A 127.0.0.2 " + answer);
    Standing standing = ask(dns, "192.0.2.1", BAD);
    assertThat(standing.score()).isZero();
    assertThat(standing.listed()).isEmpty();
    assertThat(standing.broken()).hasSize(1);
  }

  @Test
  void aListThatFailsIsBrokenAndTheOthersCount() {
    FakeDns dns =
        new FakeDns().zone("1.2.0.192.bad.test A 127.0.0.2\n1.2.0.192.good.test FAIL SERVFAIL");
    Standing standing = ask(dns, "192.0.2.1", BAD, GOOD);
    assertThat(standing.score()).isEqualTo(5);
    assertThat(standing.broken()).containsExactly(new ListAnswer.Broken("good.test", "SERVFAIL"));
  }

  @Test
  void onlyAnswersOfTheMaskCount() {
    FakeDns dns = new FakeDns().zone("1.2.0.192.bad.test A 127.0.0.10 127.0.0.4");
    DnsList low = new DnsList("bad.test", 5, List.of(CodeMask.parse("127.0.0.2-4").orElseThrow()));
    DnsList other = new DnsList("bad.test", 5, List.of(CodeMask.parse("127.0.0.3").orElseThrow()));
    assertThat(ask(dns, "192.0.2.1", low).listed())
        .extracting(ListAnswer.Listed::code)
        .containsExactly("127.0.0.4");
    assertThat(ask(dns, "192.0.2.1", other).listed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 127.0.0.2, true",
    "127.0.0.2, 127.0.0.3, false",
    "127.0.0.4-11, 127.0.0.11, true",
    "127.0.0.4-11, 127.0.0.12, false",
    "127.0.*.1, 127.0.99.1, true",
    "127.0.0.&6, 127.0.0.4, true",
    "127.0.0.&6, 127.0.0.9, false"
  })
  void masks(String mask, String answer, boolean fits) {
    assertThat(CodeMask.parse(mask).orElseThrow().fits(InetAddress.ofLiteral(answer).getAddress()))
        .isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127",
        "127.0.0",
        "127.0.0.256",
        "127.0.0.5-4",
        "127.0.0.&0",
        "127.0.0.",
        "127.0.0.2.3",
        "127.0.0.-4",
        "127.0.0.4-",
        "a.b.c.d",
        "127.0.0.0x2"
      })
  void noMasks(String text) {
    assertThat(CodeMask.parse(text)).isEmpty();
  }

  /** A resolver of which only one method is asked. */
  private static Dns slow(java.util.function.Function<String, Answer<InetAddress>> a) {
    return (Dns)
        Proxy.newProxyInstance(
            Dns.class.getClassLoader(),
            new Class<?>[] {Dns.class},
            (_, _, args) -> a.apply((String) args[0]));
  }

  @Test
  void allAreAskedAtOnce() {
    CountDownLatch together = new CountDownLatch(3);
    Dns dns =
        slow(
            _ -> {
              together.countDown();
              try {
                boolean all = together.await(20, TimeUnit.SECONDS);
                return all ? new Answer.Absent<>(false) : new Answer.Failed<>("one by one");
              } catch (InterruptedException stopped) {
                return new Answer.Failed<>("interrupted");
              }
            });
    Standing standing = ask(dns, "192.0.2.1", BAD, GOOD, new DnsList("third.test", 1, List.of()));
    assertThat(standing).isEqualTo(Standing.NONE);
  }

  @Test
  void aLateListIsBrokenAndQuestionsAreBounded() {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger open = new AtomicInteger();
    Dns dns =
        slow(
            _ -> {
              open.incrementAndGet();
              try {
                end.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              return new Answer.Absent<>(false);
            });
    DnsLists lists = new DnsLists(dns, Metrics.NONE);
    InetAddress client = InetAddress.ofLiteral("192.0.2.1");
    for (int i = 0; i < 300; i++) {
      Standing standing = lists.ask(client, List.of(BAD, GOOD), Duration.ofMillis(1));
      assertThat(standing.broken()).hasSize(2);
    }
    assertThat(open.get()).isLessThanOrEqualTo(256);
    end.countDown();
  }
}
