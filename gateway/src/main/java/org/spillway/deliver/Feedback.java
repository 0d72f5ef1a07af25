package org.spillway.deliver;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.metrics.Metrics;
import org.spillway.route.HealthBoard;
import org.spillway.route.Site;

/** What an attempt teaches about its site, beyond its recipients. Called with the lock held. */
final class Feedback {
  private static final Logger LOG = LoggerFactory.getLogger(Feedback.class);

  private final HealthBoard board;
  private final Metrics metrics;
  private final Times times;

  Feedback(HealthBoard board, Metrics metrics, Times times) {
    this.board = board;
    this.metrics = metrics;
    this.times = times;
  }

  /** The heaviest lesson of an attempt. */
  private enum Lesson {
    ANSWERED,
    TOO_BUSY,
    FAILED
  }

  /** Learns from an attempt; true when mail for the site should be planned anew. */
  boolean learn(Lane lane, Gate gate, Delivery delivery) {
    Lesson lesson = Lesson.ANSWERED;
    boolean paused = false;
    int notTaken = 0;
    for (Outcome outcome : delivery.outcomes().values()) {
      Lesson next = lesson(outcome);
      lesson = next.compareTo(lesson) > 0 ? next : lesson;
      boolean taken = outcome instanceof Outcome.Delivered || outcome instanceof Outcome.Relayed;
      notTaken += taken || outcome instanceof Outcome.Unknown ? 0 : 1;
      paused |= pause(gate, outcome);
    }
    if (notTaken > 0) {
      gate.quota().giveBack(notTaken, times.tick());
    }
    adjust(lane, gate, lesson);
    return paused;
  }

  private static Lesson lesson(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _, Outcome.Relayed _ -> Lesson.ANSWERED;
      case Outcome.Unreachable _, Outcome.Unknown _ -> Lesson.FAILED;
      case Outcome.Deferred it -> lesson(it.effect());
      case Outcome.Failed it -> lesson(it.effect());
    };
  }

  private static Lesson lesson(Effect effect) {
    return switch (effect) {
      case Effect.None _,
          Effect.SenderRefused _,
          Effect.NullSenderRefused _,
          Effect.TooLargeHere _,
          Effect.RoadUnfit _,
          Effect.SplitRecipients _,
          Effect.QuotaUsed _ ->
          Lesson.ANSWERED;
      case Effect.Overload _, Effect.Throttled _, Effect.Reputation _ -> Lesson.TOO_BUSY;
      case Effect.Misconfigured _, Effect.TargetFailure _ -> Lesson.FAILED;
    };
  }

  private void adjust(Lane lane, Gate gate, Lesson lesson) {
    long tick = times.tick();
    if (lesson == Lesson.ANSWERED) {
      lane.alive();
      lane.concurrency().ok(lane.inFlight());
      gate.ok(tick);
      return;
    }
    if (lesson == Lesson.TOO_BUSY) {
      gate.overloaded(tick);
      metrics.count("spillway_site_overloads_total", "site", gate.site().name().text());
    }
    if (lane.concurrency().failed()) {
      Site site = gate.site();
      lane.rest(site.health().hold(), site.health().holdMax(), tick);
    }
  }

  private boolean pause(Gate gate, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred it -> pause(gate, it.effect(), it.why());
      case Outcome.Failed it -> pause(gate, it.effect(), it.why());
      case Outcome.Delivered _, Outcome.Relayed _, Outcome.Unreachable _, Outcome.Unknown _ ->
          false;
    };
  }

  private boolean pause(Gate gate, Effect effect, String why) {
    return switch (effect) {
      case Effect.Throttled it -> {
        gate.quota().throttled(it.pause(), why, times.tick());
        yield true;
      }
      case Effect.QuotaUsed it -> {
        gate.quota().used(it.pause(), why, times.tick());
        metrics.count("spillway_site_quota_used_total", "site", gate.site().name().text());
        yield true;
      }
      case Effect.Misconfigured _ -> {
        LOG.error("site {} refuses our login or configuration: {}", gate.site().name(), why);
        metrics.count("spillway_site_misconfigured_total", "site", gate.site().name().text());
        board.misconfigured(gate.site().name(), why);
        yield true;
      }
      case Effect.None _,
          Effect.Overload _,
          Effect.SenderRefused _,
          Effect.NullSenderRefused _,
          Effect.TooLargeHere _,
          Effect.RoadUnfit _,
          Effect.SplitRecipients _,
          Effect.Reputation _,
          Effect.TargetFailure _ ->
          false;
    };
  }
}
