package org.spillway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spillway.mail.Direction;
import org.spillway.mail.ReversePath;
import org.spillway.policy.Constraints;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Plan.Otherwise;
import org.spillway.route.Plan.Why;

/** Plans as tables: what is known on the left, the steps and the reasons on the right. */
final class PlannerTest extends PlannerBench {
  @ParameterizedTest(name = "onprem {0} for {1} s, cloud {2}: {3}")
  @CsvSource({
    "SERVING, 0, SERVING, onprem",
    "DOWN, 119, SERVING, ''",
    "DOWN, 120, SERVING, cloud(spill)",
    "DOWN, 120, DOWN, ''",
    "DOWN, 120, RETURNING, cloud(spill)",
    "CANARY, 300, SERVING, onprem cloud(spill)",
    "RETURNING, 300, SERVING, cloud(spill) onprem",
    "RETURNING, 300, DOWN, onprem",
  })
  void outboundGoesByTheHealthOfBoth(
      Standing.Phase first, int seconds, Standing.Phase second, String expected) {
    hybrid();
    stands(ONPREM, first, seconds);
    stands(CLOUD, second, seconds);
    assertThat(steps(plan(outbound()))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "onprem {0}, pinned {1}: {2}")
  @CsvSource({
    "SERVING, DRAIN, cloud(spill)",
    "SERVING, FORCE_SPILL, cloud(spill)",
    "DOWN, FORCE_LOCAL, onprem",
    "SERVING, FORCE_LOCAL, onprem",
  })
  void aPinOverridesHealth(Standing.Phase phase, Pin.Kind pin, String expected) {
    hybrid();
    stands(ONPREM, phase, 1000, pin);
    assertThat(steps(plan(outbound()))).isEqualTo(expected);
  }

  @Test
  void onlyOneMessageIsTheCanary() {
    hybrid();
    stands(ONPREM, Standing.Phase.CANARY, 300);
    canariesOut.add(ONPREM);
    assertThat(steps(plan(outbound()))).isEqualTo("cloud(spill) onprem");
  }

  @Test
  void everySiteLeftOutSaysWhy() {
    hybrid();
    has(SampleSite.relay("tiny").size(10).site());
    has(SampleSite.relay("far").site());
    stands(ONPREM, Standing.Phase.DOWN, 30);
    stands(new SiteName("far"), Standing.Phase.SERVING, 30, Pin.Kind.DRAIN);
    Plan plan = plan(outbound());
    assertThat(leftOut(plan))
        .containsEntry("onprem", Why.DOWN)
        .containsEntry("cloud", Why.SPILL_TOO_EARLY)
        .containsEntry("tiny", Why.SIZE)
        .hasSize(4);
    assertThat(plan.otherwise())
        .isInstanceOfSatisfying(
            Otherwise.Wait.class,
            wait -> {
              assertThat(wait.lookAgain()).isEqualTo(NOW.plusSeconds(90));
              assertThat(wait.why()).contains("onprem: down since").contains("refused");
            });
  }

  @Test
  void inboundNeverGoesToAMereRelay() {
    has(SampleSite.pool("onprem").site());
    has(new SiteBuilder("cloud").relayForAll());
    has(SampleSite.pool("tenant").hosting("example.com").site());
    stands(ONPREM, Standing.Phase.DOWN, 500);
    Plan plan = plan(ask(Direction.INBOUND, Constraints.NONE));
    assertThat(steps(plan)).isEqualTo("tenant(spill)");
    assertThat(leftOut(plan)).containsEntry("cloud", Why.NOT_HOSTED);
  }

  @Test
  void inboundWithoutAnotherHostWaitsHere() {
    hybrid();
    stands(ONPREM, Standing.Phase.DOWN, 500);
    Plan plan = plan(ask(Direction.INBOUND, Constraints.NONE));
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.otherwise()).isInstanceOf(Otherwise.Wait.class);
    assertThat(leftOut(plan)).containsEntry("cloud", Why.DIRECTION);
  }

  @Test
  void aRelayThatMayNotSendForThisSenderGetsNothing() {
    has(SampleSite.pool("onprem").site())
        .has(SampleSite.relay("cloud").sendsFor("other.example").site());
    stands(ONPREM, Standing.Phase.DOWN, 500);
    Plan plan = plan(outbound());
    assertThat(plan.steps()).isEmpty();
    assertThat(leftOut(plan)).containsEntry("cloud", Why.SENDER_NOT_ALLOWED);
  }

  @Test
  void aRelayThatRefusesTheNullSenderGetsNoNotifications() {
    has(SampleSite.pool("onprem").site()).has(SampleSite.relay("cloud").refusesNullSender().site());
    stands(ONPREM, Standing.Phase.DOWN, 500);
    RouteTable.Route route = new RouteTable.Route(Direction.OUTBOUND, List.of(), order);
    Paths paths = new Paths(sites, new RouteTable(List.of(route)));
    Ask ask = Ask.of(Direction.OUTBOUND, WORLD, ReversePath.NULL, Constraints.NONE, paths);
    assertThat(leftOut(plan(ask))).containsEntry("cloud", Why.NULL_SENDER);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"tls", "region", "agreement", "denied"})
  void constraintsHoldWhateverIsDown(String demand) {
    hybrid();
    stands(ONPREM, Standing.Phase.DOWN, 5000);
    Plan plan = plan(ask(Direction.OUTBOUND, onlyForOnprem(demand)));
    assertThat(plan.steps()).isEmpty();
    assertThat(leftOut(plan)).containsEntry("cloud", Why.CONSTRAINTS);
  }

  private Constraints onlyForOnprem(String demand) {
    sites.put(
        ONPREM,
        SampleSite.pool("onprem").tls(TlsFloor.VERIFY).region("eu").agreement("baa").site());
    return new Constraints(
        demand.equals("tls") ? TlsFloor.VERIFY : TlsFloor.NONE,
        demand.equals("region") ? Optional.of(Set.of("eu")) : Optional.empty(),
        demand.equals("agreement") ? Set.of("baa") : Set.of(),
        demand.equals("denied") ? Set.of("cloud") : Set.of(),
        true,
        Set.of("phi-1"));
  }

  @Test
  void whenConstraintsExcludeEverySiteItIsHeldWithTheRules() {
    hybrid();
    Constraints none =
        new Constraints(
            TlsFloor.NONE,
            Optional.of(Set.of()),
            Set.of(),
            Set.of(),
            true,
            Set.of("phi-2", "phi-1"));
    assertThat(plan(ask(Direction.OUTBOUND, none)).otherwise())
        .isEqualTo(new Otherwise.HeldByPolicy(List.of("phi-1", "phi-2")));
  }

  @Test
  void aCopyThatMustNotSpillWaitsForItsSite() {
    hybrid();
    stands(ONPREM, Standing.Phase.DOWN, 5000);
    Constraints stay =
        new Constraints(TlsFloor.NONE, Optional.empty(), Set.of(), Set.of(), false, Set.of("stay"));
    Plan plan = plan(ask(Direction.OUTBOUND, stay));
    assertThat(leftOut(plan)).containsEntry("cloud", Why.SPILL_FORBIDDEN);
    assertThat(plan.otherwise()).isInstanceOf(Otherwise.Wait.class);
  }

  @Test
  void usedQuotaMeansTheNextSiteOrAWait() {
    hybrid();
    pauses.put(ONPREM, new Pause(TICK + Duration.ofMinutes(1).toNanos(), "daily quota"));
    assertThat(steps(plan(outbound()))).isEqualTo("cloud(spill)");
    pauses.put(CLOUD, new Pause(TICK + Duration.ofSeconds(5).toNanos(), "454 throttled"));
    Plan plan = plan(outbound());
    assertThat(leftOut(plan)).containsEntry("cloud", Why.QUOTA);
    assertThat(plan.otherwise())
        .isInstanceOfSatisfying(
            Otherwise.Wait.class, w -> assertThat(w.lookAgain()).isEqualTo(NOW.plusSeconds(5)));
  }

  @ParameterizedTest(name = "onprem {0}")
  @CsvSource({"SERVING", "DOWN", "RETURNING"})
  void unknownStaysOnItsPath(Standing.Phase phase) {
    hybrid();
    stands(ONPREM, phase, 5000);
    Plan atHome = plan(outbound().boundTo(Optional.of(ONPREM)));
    assertThat(leftOut(atHome)).containsEntry("cloud", Why.UNKNOWN_OUTCOME_ELSEWHERE);
    Plan away = plan(outbound().boundTo(Optional.of(CLOUD)));
    assertThat(steps(away)).isEqualTo("cloud(spill)");
  }

  @Test
  void unknownAtASiteThatLeftTheRouteWaitsForAPerson() {
    hybrid();
    Plan plan = plan(outbound().boundTo(Optional.of(new SiteName("former"))));
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.otherwise()).isInstanceOf(Otherwise.Wait.class);
  }

  @Test
  void tooLargeForTheFirstGoesToTheSecondAndTooLargeForAllIsReturned() {
    has(SampleSite.pool("onprem").size(500).site())
        .has(SampleSite.relay("cloud").size(2000).site());
    assertThat(steps(plan(outbound(), 1000))).isEqualTo("cloud");
    assertThat(plan(outbound(), 3000).otherwise())
        .isInstanceOfSatisfying(
            Otherwise.Return.class, back -> assertThat(back.status()).isEqualTo("5.3.4"));
  }

  @Test
  void aSiteThatRefusedTheSenderIsPassedOverAndTheLastRefusalIsReturned() {
    hybrid();
    Refusal refusal = new Refusal("5.7.1", "554 not verified");
    Ask once = outbound().refusedBy(ONPREM, refusal);
    assertThat(steps(plan(once))).isEqualTo("cloud");
    assertThat(plan(once.refusedBy(CLOUD, refusal)).otherwise())
        .isEqualTo(new Otherwise.Return("5.7.1", "554 not verified"));
  }

  @Test
  void withoutARouteItIsReturned() {
    Paths none = new Paths(Map.of(), new RouteTable(List.of()));
    Ask ask = Ask.of(Direction.OUTBOUND, WORLD, ReversePath.NULL, Constraints.NONE, none);
    assertThat(plan(ask).otherwise())
        .isInstanceOfSatisfying(
            Otherwise.Return.class, back -> assertThat(back.status()).isEqualTo("5.4.4"));
  }
}
