package org.spillway.deliver.courier;

import java.util.Map;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.route.Hop;
import org.spillway.route.HostObserver;

/** Tells the observer what outcomes say of the host: one call for a connection or transaction. */
final class Sightings {
  private final HostObserver observer;

  Sightings(HostObserver observer) {
    this.observer = observer;
  }

  /** How an outcome looks from the host's side, worst last. */
  private enum Side {
    NEITHER,
    GOOD,
    OVERLOADED,
    BAD
  }

  /** A connection that came to nothing. */
  void shut(Hop hop, Outcome.Step step, Outcome outcome) {
    tell(hop, step, outcome);
  }

  /** A transaction: the worst of its outcomes counts. */
  void done(Hop hop, Outcome.Step step, Map<Integer, Outcome> outcomes) {
    outcomes.values().stream()
        .max(java.util.Comparator.comparing(Sightings::side))
        .ifPresent(worst -> tell(hop, step, worst));
  }

  private void tell(Hop hop, Outcome.Step step, Outcome outcome) {
    switch (side(outcome)) {
      case NEITHER -> {}
      case GOOD -> observer.good(hop, outcome.why());
      case OVERLOADED -> observer.overloaded(hop, outcome.why());
      case BAD -> observer.bad(hop, step.name(), outcome.why());
    }
  }

  private static Side side(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _, Outcome.Relayed _ -> Side.GOOD;
      case Outcome.Unreachable _, Outcome.Unknown _ -> Side.BAD;
      case Outcome.Deferred(_, _, Effect effect) -> side(effect, Side.NEITHER);
      case Outcome.Failed(_, _, Effect effect) -> side(effect, Side.GOOD);
    };
  }

  private static Side side(Effect effect, Side otherwise) {
    return switch (effect) {
      case Effect.TargetFailure _ -> Side.BAD;
      case Effect.Overload _ -> Side.OVERLOADED;
      // it takes nothing from us now, which is no proof that it would
      case Effect.Throttled _, Effect.QuotaUsed _, Effect.Misconfigured _, Effect.Reputation _ ->
          Side.NEITHER;
      case Effect.None _,
          Effect.SenderRefused _,
          Effect.NullSenderRefused _,
          Effect.TooLargeHere _,
          Effect.RoadUnfit _,
          Effect.SplitRecipients _ ->
          otherwise;
    };
  }
}
