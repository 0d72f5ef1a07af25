package org.spillway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.mail.Domain;
import org.spillway.testing.FakeDns;

/** HELO names and their faults. */
class HeloCheckTest {
  private static final GuardSettings.Helo ALL =
      new GuardSettings.Helo(Action.NOTE, Action.NOTE, Action.NOTE, Action.NOTE);
  private static final Home HOME =
      new Home("mx.ours.test", Set.of(new Domain("ours.test")), List.of(), Set.of());

  private final FakeDns dns =
      new FakeDns()
          .zone(
              """
              mail.good.test A 192.0.2.1
              good.test MX 10 mail.good.test
              slow.test FAIL SERVFAIL
              """);

  private String fault(String name, String ip, GuardSettings.Helo wanted) {
    return new HeloCheck(dns)
        .look(name, InetAddress.ofLiteral(ip), wanted, HOME)
        .map(sign -> ((Sign.Helo) sign).fault().name())
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "mail.good.test, none",
    "MAIL.good.test, none",
    "good.test, none",
    "slow.test, none",
    "gone.test, UNRESOLVABLE",
    "localhost, SYNTAX",
    "192.0.2.1, SYNTAX",
    "-bad.test, SYNTAX",
    "a..b, SYNTAX",
    "[192.0.2.1], none",
    "[192.0.2.2], LITERAL",
    "[IPv6:2001:db8::1], LITERAL",
    "[nonsense], SYNTAX",
    "mx.ours.test, OURS",
    "OURS.test, OURS",
    "'', SYNTAX"
  })
  void faults(String name, String wanted) {
    assertThat(fault(name, "192.0.2.1", ALL)).isEqualTo(wanted);
  }

  @Test
  void anIpv6LiteralOfTheClientIsFine() {
    assertThat(fault("[IPv6:2001:DB8::1]", "2001:db8::1", ALL)).isEqualTo("none");
  }

  @Test
  void theDnsIsAskedOnlyWhenThatIsWanted() {
    GuardSettings.Helo offline =
        new GuardSettings.Helo(Action.NOTE, Action.NOTE, Action.OFF, Action.OFF);
    assertThat(fault("gone.test", "192.0.2.1", offline)).isEqualTo("none");
    assertThat(fault("mx.ours.test", "192.0.2.1", offline)).isEqualTo("none");
    assertThat(dns.questions()).isEmpty();
  }
}
