package org.spillway.admit;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.spillway.guard.Action;
import org.spillway.guard.Guard;
import org.spillway.guard.GuardSettings;
import org.spillway.guard.Sign;
import org.spillway.metrics.Metrics;

/**
 * Judges the signs of the guard: the strongest action that the settings want of any of them counts.
 * On a monitored listener it is counted, and not done.
 */
final class GuardJudge {
  private static final String SIGNS = "spillway_guard_signs_total";
  private static final String REFUSALS = "spillway_refusals_total";

  private final Guard guard;
  private final Metrics metrics;
  private final Predicate<String> monitored;

  /**
   * A judge.
   *
   * @param monitored true for the name of a listener on which nothing is refused
   */
  GuardJudge(Guard guard, Metrics metrics, Predicate<String> monitored) {
    this.guard = guard;
    this.metrics = metrics;
    this.monitored = monitored;
  }

  /** What is to be said, given what would be said but for the guard. */
  Verdict judge(Offer offer, Verdict otherwise) {
    GuardSettings settings = guard.settings();
    Optional<Sign> worst = Optional.empty();
    boolean slow = false;
    for (Finding finding : offer.findings()) {
      if (finding instanceof Finding.Guarded(Sign sign, boolean fresh) && fresh) {
        count(sign, settings.actionOn(sign));
        slow |= settings.holdsBack(sign);
        worst = Optional.of(worst.map(other -> worse(settings, other, sign)).orElse(sign));
      }
    }
    return worst.isEmpty() ? otherwise : judge(offer, otherwise, worst.get(), slow);
  }

  private static Sign worse(GuardSettings settings, Sign one, Sign other) {
    return settings.actionOn(other).compareTo(settings.actionOn(one)) > 0 ? other : one;
  }

  private Verdict judge(Offer offer, Verdict otherwise, Sign worst, boolean slow) {
    Action action = guard.settings().actionOn(worst);
    if (monitored.test(offer.arrival().listener())) {
      note(worst, action);
      return otherwise;
    }
    Verdict verdict =
        otherwise.reply().isPositive() ? verdict(worst, action, otherwise) : otherwise;
    return slow ? verdict.after(guard.settings().tarpit().delay()) : verdict;
  }

  private void count(Sign sign, Action action) {
    metrics.count(SIGNS, "check", sign.check(), "action", word(action));
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private void note(Sign sign, Action action) {
    if (action.compareTo(Action.DEFER) >= 0) {
      refused(sign, "monitored");
    }
  }

  private void refused(Sign sign, String result) {
    metrics.count(REFUSALS, "check", sign.check(), "result", result);
  }

  private Verdict verdict(Sign sign, Action action, Verdict otherwise) {
    return switch (action) {
      case OFF, NOTE, TARPIT, GREYLIST -> otherwise;
      case DEFER -> {
        refused(sign, "deferred");
        yield new Verdict.Defer(GuardWords.of(sign, 4));
      }
      case REFUSE -> {
        refused(sign, "refused");
        yield new Verdict.Refuse(GuardWords.of(sign, 5));
      }
    };
  }
}
