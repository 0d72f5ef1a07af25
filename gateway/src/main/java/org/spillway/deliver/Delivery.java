package org.spillway.deliver;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.spillway.route.Plan;
import org.spillway.route.Plan.Otherwise;

/**
 * The one value that goes along the delivery route. Each step gives a new one with its own part
 * filled in.
 *
 * @param job whose turn it is
 * @param plan where they may go now
 * @param outcomes what the hop did, by recipient
 * @param settled what it came to, by recipient
 */
public record Delivery(
    Job job, Plan plan, Map<Integer, Outcome> outcomes, Map<Integer, Settled> settled) {
  private static final Plan NOT_YET =
      new Plan(
          java.util.List.of(),
          java.util.List.of(),
          new Otherwise.Wait("not planned yet", java.time.Instant.MAX));

  /** What the plan means for this turn. */
  public enum Fate {
    /** The site whose turn it is carries it. */
    CARRY,
    /** Another site must take it: back to the dispatcher, which knows that site's turns. */
    MOVE,
    /** No site may take it now. */
    WAIT,
    /** The constraints exclude every site. */
    HOLD,
    /** No site can ever take it. */
    RETURN
  }

  /** A turn that begins. */
  public static Delivery of(Job job) {
    return new Delivery(job, NOT_YET, Map.of(), Map.of());
  }

  Delivery with(Plan next) {
    return new Delivery(job, next, outcomes, settled);
  }

  Delivery withOutcomes(Map<Integer, Outcome> next) {
    return new Delivery(job, plan, next, settled);
  }

  Delivery withSettled(Map<Integer, Settled> next) {
    return new Delivery(job, plan, outcomes, new TreeMap<>(next));
  }

  /** What the plan means. */
  public Fate fate() {
    if (!plan.steps().isEmpty()) {
      return job.lane().equals(Optional.of(step().site())) ? Fate.CARRY : Fate.MOVE;
    }
    return switch (plan.otherwise()) {
      case Otherwise.Wait _ -> Fate.WAIT;
      case Otherwise.HeldByPolicy _ -> Fate.HOLD;
      case Otherwise.Return _ -> Fate.RETURN;
    };
  }

  /** The first step of the plan. */
  Plan.Step step() {
    return plan.steps().getFirst();
  }
}
