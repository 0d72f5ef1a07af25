package org.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.spillway.route.Pin;
import org.spillway.route.SiteName;

/** Pins: set, replaced, ended, and every hand seen. */
final class SiteControlTest {
  private static final SiteName ONPREM = new SiteName("onprem");
  private static final Hand HAND = new Hand("root", "move");

  private final FakeNode node = new FakeNode();
  private final SiteControl control = node.control.sites();

  @Test
  void aPinEndsByItself() throws IOException {
    assertThat(control.pin(ONPREM, Pin.Kind.DRAIN, Duration.ofHours(1), HAND)).isTrue();
    assertThat(node.sites.pins.get(ONPREM))
        .isEqualTo(new Pin(Pin.Kind.DRAIN, FakeNode.NOW.plus(Duration.ofHours(1)), "root", "move"));
  }

  @Test
  void theAuditHasThePinBeforeAndAfter() throws IOException {
    control.pin(ONPREM, Pin.Kind.DRAIN, Duration.ofHours(1), HAND);
    control.pin(ONPREM, Pin.Kind.FORCE_LOCAL, Duration.ofHours(2), HAND);
    control.unpin(ONPREM, HAND);
    assertThat(node.audit.stream().map(l -> l.what() + "|" + l.before() + "|" + l.after()))
        .containsExactly(
            "site pin onprem||drain until 2026-11-24T10:00:00Z",
            "site pin onprem|drain until 2026-11-24T10:00:00Z|"
                + "force-local until 2026-11-24T11:00:00Z",
            "site unpin onprem|force-local until 2026-11-24T11:00:00Z|");
    assertThat(node.sites.pins).isEmpty();
  }

  @Test
  void noSuchSiteNoPinAndNoTimeWithoutEnd() throws IOException {
    SiteName nowhere = new SiteName("nowhere");
    assertThat(control.pin(nowhere, Pin.Kind.DRAIN, Duration.ofHours(1), HAND)).isFalse();
    assertThat(control.unpin(ONPREM, HAND)).isFalse();
    assertThat(control.exists(nowhere)).isFalse();
    assertThatThrownBy(() -> control.pin(ONPREM, Pin.Kind.DRAIN, Duration.ofDays(31), HAND))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(node.audit).isEmpty();
  }

  @Test
  void nothingIsPinnedThatCannotBeAudited() {
    node.auditFull = true;
    assertThatThrownBy(() -> control.pin(ONPREM, Pin.Kind.DRAIN, Duration.ofHours(1), HAND))
        .isInstanceOf(IOException.class);
    assertThat(node.sites.pins).isEmpty();
  }

  @Test
  void listsEachSiteWithItsQueue() {
    assertThat(control.list()).hasSize(2);
    assertThat(control.list().get(1).queue().orElseThrow().waiting()).isEqualTo(3);
    assertThat(control.nowhere().orElseThrow().waiting()).isEqualTo(2);
  }
}
