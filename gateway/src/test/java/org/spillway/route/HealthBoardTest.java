package org.spillway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.mail.Domain;
import org.spillway.route.Standing.Phase;

/** The table of {@link HostHealth}, row by row, and what a site makes of its hosts. */
final class HealthBoardTest {
  private static final SiteName POOL = new SiteName("pool");
  private final VirtualTime time = new VirtualTime();
  private HealthBoard board = board(SampleSite.pool("pool").hosts("a").site());

  private HealthBoard board(Site... sites) {
    return new HealthBoard(List.of(sites), time, time);
  }

  private static Hop hop(String host) {
    return Hop.of(POOL, new HostPort(host, 25));
  }

  private Standing standing() {
    return board.standings().get(POOL);
  }

  /**
   * Plays letters: g good, b bad, G good probe, B bad probe, m misconfigured, and a digit for that
   * many quarters of a minute; then says how the site stands.
   */
  private String play(String script) {
    for (char c : script.toCharArray()) {
      switch (c) {
        case 'g' -> board.good(hop("a"), "250 ok");
        case 'b' -> board.bad(hop("a"), "CONNECT", "refused");
        case 'G' -> board.probeGood(hop("a"), "good");
        case 'B' -> board.probeBad(hop("a"), "RCPT", "451");
        case 'm' -> board.misconfigured(POOL, "535");
        case ' ' -> {}
        default -> time.pass(Duration.ofSeconds(15L * (c - '0')));
      }
      board.pulse();
    }
    return standing().phase() + " " + standing().health().getClass().getSimpleName();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'', SERVING Up",
    "g, SERVING Up",
    "b, SERVING Suspect",
    "bg, SERVING Suspect",
    "bg 9 g, SERVING Up",
    "bg 9 G, SERVING Up",
    "bbbb, SERVING Suspect",
    "bbbbg bbbb, SERVING Suspect",
    "bbbbb, DOWN Down",
    "BBBBB, DOWN Down",
    "B1B1B1B1B, DOWN Down",
    "gbgbgbgbg, SERVING Suspect",
    "gbgbgbgbgb, DOWN Down",
    "gggggggggb, SERVING Suspect",
    "gb3gb3gb3gb3, SERVING Suspect",
    "m, DOWN Down",
    "bbbbb g, DOWN Down",
    "bbbbb b, DOWN Down",
    "bbbbb 4 GGG, DOWN Down",
    "bbbbb G2G2G, CANARY Suspect",
    "bbbbb G1G1G, DOWN Down",
    "bbbbb G1B1G1G1G, DOWN Down",
    "bbbbb G2G2G b, DOWN Down",
    "bbbbb G2G2G B, DOWN Down",
    "bbbbb G2G2G m, DOWN Down",
    "bbbbb G2G2G g, RETURNING Suspect",
    "bbbbb G2G2G 99G, CANARY Suspect",
    "bbbbb G2G2G 991G, CANARY Suspect",
    "bbbbb G2G2G 991G 1G, SERVING Up",
    "bbbbb G2G2G 9992G, SERVING Up",
    "bbbbb G2G2G g g, RETURNING Suspect",
    "bbbbb G2G2G g 9G9G, RETURNING Suspect",
    "bbbbb G2G2G g 9992, SERVING Up",
    "bbbbb G2G2G g 9 b, DOWN Down",
    "bbbbb G2G2G g 9 B, DOWN Down",
  })
  void oneHost(String script, String expected) {
    assertThat(play(script)).isEqualTo(expected);
  }

  @Test
  void eachRelapseDoublesTheHold() {
    play("bbbbb G2G2G b"); // down again: 120 s
    assertThat(play("G2G2G")).isEqualTo("DOWN Down");
    assertThat(play("4G")).isEqualTo("CANARY Suspect");
    play("b"); // 240 s
    assertThat(play("G4G4G4G")).isEqualTo("DOWN Down");
    assertThat(play("4G")).isEqualTo("CANARY Suspect");
  }

  @Test
  void anOutageCountsUntilTheSiteIsTrustedAgain() {
    play("bbbbb");
    long since = standing().outageSince();
    play("G2G2G b");
    assertThat(standing().outageSince()).isEqualTo(since);
    assertThat(standing().outage(time.nanos())).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aSiteIsDownOnlyWhenAllItsHostsAre() {
    board = board(SampleSite.pool("pool").hosts("a", "b").site());
    play("bbbbb");
    assertThat(standing().phase()).isEqualTo(Phase.SERVING);
    assertThat(standing().health().why()).isEqualTo("1 of 2 hosts down");
    for (int i = 0; i < 5; i++) {
      board.bad(hop("b"), "CONNECT", "refused");
    }
    assertThat(standing().phase()).isEqualTo(Phase.DOWN);
  }

  @Test
  void aSteppedWallClockMovesNothing() {
    play("bbbb");
    time.stepWallClock(Duration.ofHours(1));
    board.pulse();
    assertThat(play("g")).isEqualTo("SERVING Suspect");
    play("bbbbb G2G");
    time.stepWallClock(Duration.ofHours(-2));
    assertThat(play("2G")).isEqualTo("CANARY Suspect");
  }

  @Test
  void aPinEndsByItselfAfterTheTimeThatWasLeft() {
    board.pin(POOL, new Pin(Pin.Kind.DRAIN, time.instant().plusSeconds(60), "root", "works"));
    assertThat(standing().health()).isInstanceOf(Health.Drained.class);
    time.stepWallClock(Duration.ofHours(1));
    time.pass(Duration.ofSeconds(59));
    board.pulse();
    assertThat(standing().isPinned(Pin.Kind.DRAIN)).isTrue();
    time.pass(Duration.ofSeconds(1));
    board.pulse();
    assertThat(standing().pin()).isEmpty();
    assertThat(board.unpin(POOL)).isTrue();
    assertThat(board.unpin(POOL)).isFalse();
  }

  @ParameterizedTest(name = "{0} domains fail, {1} attempts answered: down {2}")
  @CsvSource({"4, 0, false", "5, 0, true", "5, 1, true", "5, 2, false", "8, 2, true"})
  void directDeliveryIsDownOnlyWhenTheUplinkIs(int failing, int good, boolean down) {
    SiteName direct = new SiteName("direct");
    board = board(SampleSite.mx("direct").site());
    for (int i = 0; i < good; i++) {
      board.good(mx(direct, "well" + i + ".example"), "250");
    }
    for (int i = 0; i < failing; i++) {
      board.bad(mx(direct, "d" + i + ".example"), "CONNECT", "no route to host");
    }
    assertThat(board.standings().get(direct).phase() == Phase.DOWN).isEqualTo(down);
  }

  @Test
  void oneDeadDestinationIsNotTheUplink() {
    SiteName direct = new SiteName("direct");
    board = board(SampleSite.mx("direct").site());
    for (int i = 0; i < 1000; i++) {
      board.bad(mx(direct, "dead.example"), "CONNECT", "refused");
    }
    assertThat(board.standings().get(direct).phase()).isEqualTo(Phase.SERVING);
  }

  @Test
  void theUplinkGetsAnotherChanceAfterTheHold() {
    SiteName direct = new SiteName("direct");
    board = board(SampleSite.mx("direct").site());
    for (int i = 0; i < 5; i++) {
      board.bad(mx(direct, "d" + i + ".example"), "CONNECT", "refused");
    }
    time.pass(Duration.ofSeconds(60));
    board.pulse();
    assertThat(board.standings().get(direct).phase()).isEqualTo(Phase.CANARY);
    board.bad(mx(direct, "d1.example"), "CONNECT", "refused");
    assertThat(board.standings().get(direct).phase()).isEqualTo(Phase.CANARY);
    board.good(mx(direct, "d2.example"), "250");
    assertThat(board.standings().get(direct).phase()).isEqualTo(Phase.RETURNING);
  }

  private static Hop mx(SiteName site, String domain) {
    return new Hop(site, "mx." + domain, Optional.of(new Domain(domain)));
  }

  @Test
  void aReloadKeepsTheStandingOfASiteThatStays() {
    play("bbbbb");
    board.reconfigure(List.of(SampleSite.pool("pool").hosts("a").region("eu").site()));
    assertThat(standing().phase()).isEqualTo(Phase.DOWN);
    board.reconfigure(List.of(SampleSite.pool("pool").hosts("other").site()));
    assertThat(standing().phase()).isEqualTo(Phase.SERVING);
    board.bad(hop("a"), "CONNECT", "an old attempt ends");
    assertThat(standing().health()).isInstanceOf(Health.Up.class);
  }

  @Test
  void statusesShowEveryHostAndTheLastWords() {
    play("bbbbb");
    SiteBoard.SiteStatus status = board.statuses().getFirst();
    assertThat(status.hosts().get("a:25")).isInstanceOf(Health.Down.class);
    assertThat(status.lastReply()).isEqualTo("CONNECT: refused");
  }

  @Test
  void hostsAreTriedByBalanceAndHealth() {
    assertThat(order(Site.Balance.ORDERED)).isEqualTo("a b c");
    assertThat(order(Site.Balance.BALANCED)).isEqualTo("a b c");
    assertThat(order(Site.Balance.LEAST_BUSY)).isEqualTo("c b a");
  }

  private String order(Site.Balance balance) {
    Site site = SampleSite.pool("pool").hosts("a", "b", "c").balance(balance).site();
    board = board(site);
    return names(board.hostOrder().order(site, host -> 'c' - host.host().charAt(0)));
  }

  private static String names(List<HostPort> hosts) {
    return String.join(" ", hosts.stream().map(HostPort::host).toList());
  }

  @Test
  void aHostThatIsDownIsLeftOutAndComesBackByACanary() {
    Site site = SampleSite.pool("pool").hosts("a", "b").site();
    board = board(site);
    HostOrder order = board.hostOrder();
    play("bbbbb");
    assertThat(names(order.order(site, h -> 0))).isEqualTo("b");
    play("G2G2G");
    assertThat(names(order.order(site, h -> 0))).as("the canary").isEqualTo("a b");
    assertThat(names(order.order(site, h -> 0))).as("only one").isEqualTo("b");
    play("g");
    assertThat(names(order.order(site, h -> 0))).as("not stable yet").isEqualTo("b a");
    play("9992");
    assertThat(names(order.order(site, h -> 0))).isEqualTo("a b");
  }

  @Test
  void balancedHostsTakeTurns() {
    Site site = SampleSite.pool("pool").hosts("a", "b").balance(Site.Balance.BALANCED).site();
    board = board(site);
    HostOrder order = board.hostOrder();
    assertThat(names(order.order(site, h -> 0))).isEqualTo("a b");
    assertThat(names(order.order(site, h -> 0))).isEqualTo("b a");
  }
}
