package org.spillway.deliver.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Reply;
import org.spillway.route.Hop;
import org.spillway.route.HostObserver;
import org.spillway.route.SiteName;

/** What an outcome says of the host. */
final class SightingsTest {
  private static final Reply NO = Reply.of(550, "5.4.5", "no");

  private static String seen(Effect effect) {
    List<String> told = new ArrayList<>();
    HostObserver observer =
        new HostObserver() {
          @Override
          public void good(Hop hop, String reply) {
            told.add("good");
          }

          @Override
          public void bad(Hop hop, String step, String why) {
            told.add("bad");
          }

          @Override
          public void overloaded(Hop hop, String why) {
            told.add("overloaded");
          }
        };
    Hop hop = new Hop(new SiteName("relay"), "relay.example", Optional.empty());
    new Sightings(observer)
        .done(hop, Outcome.Step.RCPT, Map.of(0, new Outcome.Failed("relay.example", NO, effect)));
    return String.join(",", told);
  }

  @Test
  void aRecipientJudgedForGoodIsAGoodSign() {
    assertThat(seen(new Effect.None())).isEqualTo("good");
  }

  @Test
  void aQuotaOrALoginThatIsRefusedPassesNoCanary() {
    assertThat(seen(new Effect.QuotaUsed(Duration.ofHours(1)))).isEmpty();
    assertThat(seen(new Effect.Misconfigured())).isEmpty();
    assertThat(seen(new Effect.Throttled(Duration.ofSeconds(5)))).isEmpty();
  }

  @Test
  void whatCountsAgainstTheHostDoes() {
    assertThat(seen(new Effect.TargetFailure())).isEqualTo("bad");
    assertThat(seen(new Effect.Overload())).isEqualTo("overloaded");
  }
}
