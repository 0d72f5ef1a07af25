package org.spillway.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spillway.dns.upstream.Rest;
import org.spillway.dns.upstream.ServerStatus;
import org.xbill.DNS.Rcode;

/** Several servers: who is asked, who rests, who comes back. */
final class UpstreamHealthTest {
  private static final Duration TEN = Duration.ofSeconds(10);
  private final NameServer one;
  private final NameServer two;
  private final HandTime time = new HandTime();
  private final DnsJavaResolver dns;
  private int names;

  UpstreamHealthTest() throws IOException {
    one = new NameServer();
    two = new NameServer();
    DnsSettings settings =
        DnsSettings.standard(List.of(one.address(), two.address()))
            .withTimes(Duration.ofMillis(300), Duration.ofSeconds(20))
            .withRest(new Rest(3, TEN));
    dns = new DnsJavaResolver(settings, time, time);
  }

  @AfterEach
  void stop() throws IOException {
    one.close();
    two.close();
  }

  private Answer<String> ask() {
    return dns.txt("n" + names++ + ".test");
  }

  private ServerStatus first() {
    return dns.status().servers().getFirst();
  }

  @Test
  void theNextIsAskedWhenOneFails() {
    one.rcode = Rcode.SERVFAIL;
    two.rcode = Rcode.REFUSED;
    assertThat(ask().toString()).contains(one.address(), "SERVFAIL", two.address(), "REFUSED");
    two.rcode = Rcode.NOERROR;
    assertThat(ask()).isEqualTo(new Answer.Absent<>(false));
  }

  @Test
  void oneThatStaysSilentRestsAndComesBack() {
    one.silent = true;
    for (int i = 0; i < 3; i++) {
      two.rcode = Rcode.SERVFAIL; // so that both are asked each time
      ask();
    }
    two.rcode = Rcode.NOERROR;
    assertThat(first().resting()).isTrue();
    assertThat(first().why()).isEqualTo("no answer");
    one.questions.clear();
    for (int i = 0; i < 10; i++) {
      assertThat(ask()).isEqualTo(new Answer.Absent<>(false));
    }
    assertThat(one.questions).as("left alone").isEmpty();

    one.silent = false;
    time.pass(TEN);
    ask();
    await().until(() -> !first().resting());
    assertThat(one.questions).as("one question on the side").hasSize(1);
    assertThat(first().failures()).isZero();
  }

  @Test
  void whenAllRestTheyAreAskedAllTheSame() {
    one.silent = true;
    two.silent = true;
    for (int i = 0; i < 3; i++) {
      assertThat(ask()).isInstanceOf(Answer.Failed.class);
    }
    assertThat(dns.status().servers()).allMatch(ServerStatus::resting);
    two.silent = false;
    assertThat(ask()).isEqualTo(new Answer.Absent<>(false));
    assertThat(dns.status().servers().getLast().resting()).isFalse();
  }

  @Test
  void theFastestIsAskedFirst() {
    one.play =
        (_, answer) -> {
          time.pass(Duration.ofMillis(20));
          return List.of(answer.toWire());
        };
    for (int i = 0; i < 10; i++) {
      ask();
    }
    assertThat(one.questions).hasSize(1);
    assertThat(two.questions).hasSize(9);
  }
}
