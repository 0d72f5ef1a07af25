package org.spillway.smtp.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.spillway.smtp.mina.Watch.Finding;
import org.spillway.smtp.mina.Watch.Standing;
import org.spillway.smtp.server.SessionLimits;

/** Timeouts and rates in a time of their own; counts of sessions. */
class WatchTest {
  private static final long SECOND = 1_000_000_000L;
  private final Watch watch = new Watch(SessionLimits.DEFAULT, 0);

  private Finding at(long seconds, boolean working, boolean judging, boolean content) {
    return watch.look(seconds * SECOND, new Standing(working, judging, content, false, 0));
  }

  @Test
  void commandsAndContentHaveTheirOwnTimeouts() {
    assertThat(at(299, false, false, false)).isEqualTo(Finding.FINE);
    assertThat(at(301, false, false, false)).isEqualTo(Finding.TIMEOUT);
    watch.came(1_000_000);
    assertThat(at(181, false, false, true)).isEqualTo(Finding.TIMEOUT);
    assertThat(at(10_000, true, false, true)).isEqualTo(Finding.FINE);
  }

  @Test
  void theFloorOfTheRateIsAnAverageOverThirtySecondsOfWaiting() {
    watch.came(3001);
    assertThat(at(29, false, false, true)).isEqualTo(Finding.FINE);
    assertThat(at(30, false, false, true)).isEqualTo(Finding.FINE);
    watch.came(2999);
    assertThat(at(60, false, false, true)).isEqualTo(Finding.SLOW);
    assertThat(at(75, false, false, true)).isEqualTo(Finding.FINE);
    assertThat(at(80, false, false, false)).isEqualTo(Finding.FINE); // nothing is owed: begin anew
    assertThat(at(105, false, false, true)).isEqualTo(Finding.FINE);
  }

  @Test
  void timeInOurHandsIsNotTheClients() {
    assertThat(at(1, false, false, true)).isEqualTo(Finding.FINE);
    assertThat(at(100, true, false, true)).isEqualTo(Finding.FINE);
    assertThat(at(101, false, false, true)).isEqualTo(Finding.FINE);
  }

  @Test
  void aJudgementIsOverdueAfterItsTimeout() {
    assertThat(at(1, true, false, true)).isEqualTo(Finding.FINE);
    assertThat(at(60, true, true, true)).isEqualTo(Finding.FINE);
    assertThat(at(62, true, true, true)).isEqualTo(Finding.OVERDUE);
    assertThat(at(63, true, false, true)).isEqualTo(Finding.FINE);
  }

  @Test
  void sessionsCountByAddressAndNetwork() {
    SessionLimits limits = limits(3, 1, 2);
    SessionCounts counts = new SessionCounts();
    InetAddress one = InetAddress.ofLiteral("192.0.2.1");
    assertThat(counts.enter(one, limits)).isEmpty();
    assertThat(counts.enter(one, limits)).map(t -> t.limit()).contains("sessions-per-address");
    assertThat(counts.enter(InetAddress.ofLiteral("192.0.2.2"), limits)).isEmpty();
    assertThat(counts.enter(InetAddress.ofLiteral("192.0.2.3"), limits))
        .map(t -> t.limit())
        .contains("sessions-per-network");
    assertThat(counts.enter(InetAddress.ofLiteral("2001:db8::1"), limits)).isEmpty();
    assertThat(counts.enter(InetAddress.ofLiteral("198.51.100.1"), limits))
        .map(t -> t.limit())
        .contains("sessions");
    counts.leave(one);
    assertThat(counts.enter(one, limits)).isEmpty();
    assertThat(counts.sessions()).isEqualTo(3);
  }

  private static SessionLimits limits(int all, int address, int network) {
    return new org.spillway.smtp.server.DialogWorld(
            java.util.Map.of(
                "limits",
                "sessions=%d sessionsPerAddress=%d sessionsPerNetwork=%d"
                    .formatted(all, address, network)))
        .limits;
  }
}
