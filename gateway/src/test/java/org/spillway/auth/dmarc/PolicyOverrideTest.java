package org.spillway.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spillway.auth.dmarc.PolicyOverride.Arc;
import org.spillway.auth.dmarc.PolicyOverride.Handling;
import org.spillway.auth.dmarc.PolicyOverride.Settings;
import org.spillway.auth.dmarc.PolicyOverride.Type;
import org.spillway.mail.Domain;
import org.spillway.mail.Network;
import org.spillway.testing.FakeDns;

/** Who is let off, and that the report will say so. */
class PolicyOverrideTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
  private static final Domain LIST = new Domain("list.test");

  private static DmarcResult failed(String record) {
    FakeDns dns = new FakeDns().txt("_dmarc.a.test", record);
    return new Dmarc(dns, DmarcSettings.DEFAULT, new Random(1))
        .evaluate(new Domain("a.test"), Optional.empty(), List.of());
  }

  private static Handling handle(DmarcResult result, Optional<Arc> arc, Settings settings) {
    return PolicyOverride.handle(result, CLIENT, arc, settings);
  }

  @Test
  void theWishIsFollowed() {
    assertThat(handle(failed("v=DMARC1; p=reject"), Optional.empty(), Settings.NONE))
        .isEqualTo(new Handling(Policy.REJECT, List.of()));
  }

  @Test
  void testModeIsReported() {
    Handling handling = handle(failed("v=DMARC1; p=reject; t=y"), Optional.empty(), Settings.NONE);
    assertThat(handling.disposition()).isEqualTo(Policy.QUARANTINE);
    assertThat(handling.overrides())
        .containsExactly(new PolicyOverride(Type.POLICY_TEST_MODE, "t=y"));
  }

  @Test
  void trustedForwarder() {
    Settings settings =
        new Settings(
            List.of(Network.parse("192.0.2.0/24").orElseThrow()),
            Set.of(),
            Set.of(),
            Policy.REJECT);
    Handling handling = handle(failed("v=DMARC1; p=reject"), Optional.empty(), settings);
    assertThat(handling.disposition()).isEqualTo(Policy.NONE);
    assertThat(handling.overrides().getFirst().type().word()).isEqualTo("trusted_forwarder");
  }

  @Test
  void onlyATrustedSealerThatSawAPassIsBelieved() {
    Settings settings = new Settings(List.of(), Set.of(LIST), Set.of(), Policy.REJECT);
    DmarcResult result = failed("v=DMARC1; p=reject");

    assertThat(handle(result, Optional.of(new Arc(LIST, 2, true)), settings))
        .isEqualTo(
            new Handling(
                Policy.NONE,
                List.of(new PolicyOverride(Type.LOCAL_POLICY, "arc=pass as[2].d=list.test"))));
    assertThat(handle(result, Optional.of(new Arc(LIST, 2, false)), settings).disposition())
        .isEqualTo(Policy.REJECT);
    Arc stranger = new Arc(new Domain("other.test"), 1, true);
    assertThat(handle(result, Optional.of(stranger), settings).disposition())
        .isEqualTo(Policy.REJECT);
  }

  @Test
  void exemptDomainsAndALimitForAll() {
    Settings exempt =
        new Settings(List.of(), Set.of(), Set.of(new Domain("a.test")), Policy.REJECT);
    Settings limited = new Settings(List.of(), Set.of(), Set.of(), Policy.QUARANTINE);
    DmarcResult result = failed("v=DMARC1; p=reject");

    assertThat(handle(result, Optional.empty(), exempt).disposition()).isEqualTo(Policy.NONE);
    assertThat(handle(result, Optional.empty(), limited))
        .isEqualTo(
            new Handling(
                Policy.QUARANTINE,
                List.of(new PolicyOverride(Type.LOCAL_POLICY, "at most quarantine"))));
  }

  @Test
  void whereNothingIsAskedNothingIsOverridden() {
    Settings exempt =
        new Settings(List.of(), Set.of(), Set.of(new Domain("a.test")), Policy.REJECT);
    assertThat(handle(failed("v=DMARC1; p=none"), Optional.empty(), exempt))
        .isEqualTo(new Handling(Policy.NONE, List.of()));
  }
}
