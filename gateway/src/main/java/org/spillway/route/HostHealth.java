package org.spillway.route;

import java.time.Instant;
import java.util.Optional;
import org.spillway.mail.Domain;

/** How one host stands (or the uplink of direct delivery, as if it were one). Not thread-safe. */
final class HostHealth {
  private static final long RELAPSE_NANOS = 30L * 60 * 1_000_000_000;

  /** Where a host is between trusted and down. */
  enum State {
    UP,
    SUSPECT,
    DOWN,
    CANARY,
    RETURNING
  }

  /** What can happen to it. */
  enum Event {
    GOOD,
    BAD,
    PROBE_GOOD,
    PROBE_BAD,
    MISCONFIGURED,
    TIME
  }

  /**
   * One event.
   *
   * @param at for people
   * @param tick for durations
   * @param destination the recipient domain, for direct delivery
   * @param words the reply or what went wrong
   */
  record Seen(Event event, Instant at, long tick, Optional<Domain> destination, String words) {}

  private final HealthSettings settings;
  private final FailureRule rule;
  private final boolean probed;
  private State state = State.UP;
  private Instant since;
  private long sinceTick;
  private String why = "no failure seen";
  private long holdNanos;
  private long lastBack;
  private boolean wasDown;
  private int goodProbes;
  private long firstGoodProbe;

  /**
   * A host that counts as up.
   *
   * @param probed false when nothing can be probed, so that time alone gives it another chance
   */
  HostHealth(HealthSettings settings, FailureRule rule, boolean probed, Instant at) {
    this.settings = settings;
    this.rule = rule;
    this.probed = probed;
    this.since = at;
  }

  State state() {
    return state;
  }

  /** When its standing will change by itself, if nothing happens; {@code Long.MAX_VALUE} never. */
  long changesAt() {
    return switch (state) {
      case UP, SUSPECT, CANARY -> Long.MAX_VALUE;
      case DOWN -> probed ? Long.MAX_VALUE : sinceTick + holdNanos;
      case RETURNING -> sinceTick + settings.stableFor().toNanos();
    };
  }

  Health health() {
    return switch (state) {
      case UP -> new Health.Up(since, why);
      case SUSPECT, CANARY, RETURNING -> new Health.Suspect(since, why);
      case DOWN -> new Health.Down(since, why);
    };
  }

  /**
   * The one place where it moves; true when it did.
   *
   * <pre>
   *            GOOD            BAD, PROBE_BAD      PROBE_GOOD          MISCONFIGURED  TIME
   * UP         -               SUSPECT or DOWN*    -                   DOWN           -
   * SUSPECT    UP if clean     - or DOWN*          UP if clean         DOWN           -
   * DOWN       -               -                   CANARY if enough**  -              CANARY*** after hold
   * CANARY     RETURNING       DOWN****            UP if stable        DOWN           -
   * RETURNING  UP if stable    DOWN****            UP if stable        DOWN           UP if stable
   * </pre>
   *
   * (*) when the {@link FailureRule} says so. (**) {@code goodProbes} in a row that span {@code
   * goodFor}, and the hold is over. (***) only where nothing can be probed. (****) at once for a
   * host, by the rule for an uplink. The hold doubles when it goes down within 30 minutes of coming
   * back.
   */
  boolean on(Seen seen) {
    State before = state;
    State next =
        switch (seen.event()) {
          case GOOD -> afterGood(seen.tick());
          case PROBE_GOOD -> afterGoodProbe(seen.tick());
          case BAD, PROBE_BAD -> afterBad(seen);
          case MISCONFIGURED -> State.DOWN;
          case TIME -> afterTime(seen.tick());
        };
    if (next != before) {
      enter(next, seen);
    }
    return next != before;
  }

  private State afterGood(long tick) {
    rule.good(tick);
    return switch (state) {
      case UP -> State.UP;
      case SUSPECT -> rule.isClean(tick) ? State.UP : State.SUSPECT;
      case DOWN -> State.DOWN;
      case CANARY -> State.RETURNING;
      case RETURNING -> isStable(tick) ? State.UP : State.RETURNING;
    };
  }

  private State afterGoodProbe(long tick) {
    rule.good(tick);
    if (goodProbes++ == 0) {
      firstGoodProbe = tick;
    }
    return switch (state) {
      case UP -> State.UP;
      case SUSPECT -> rule.isClean(tick) ? State.UP : State.SUSPECT;
      case DOWN -> isBack(tick) ? State.CANARY : State.DOWN;
      case CANARY, RETURNING -> isStable(tick) ? State.UP : state;
    };
  }

  private boolean isBack(long tick) {
    return goodProbes >= settings.goodProbes()
        && tick - firstGoodProbe >= settings.goodFor().toNanos()
        && tick - sinceTick >= holdNanos;
  }

  private State afterBad(Seen seen) {
    goodProbes = 0;
    boolean down = rule.bad(seen.tick(), seen.destination());
    return switch (state) {
      case UP, SUSPECT -> down ? State.DOWN : State.SUSPECT;
      case DOWN -> State.DOWN;
      case CANARY, RETURNING -> down || rule.failsAtOnce() ? State.DOWN : state;
    };
  }

  private State afterTime(long tick) {
    return switch (state) {
      case UP, SUSPECT, CANARY -> state;
      case DOWN -> !probed && tick - sinceTick >= holdNanos ? State.CANARY : State.DOWN;
      case RETURNING -> isStable(tick) ? State.UP : State.RETURNING;
    };
  }

  private boolean isStable(long tick) {
    return tick - sinceTick >= settings.stableFor().toNanos();
  }

  private void enter(State next, Seen seen) {
    if (next == State.DOWN) {
      boolean relapse = wasDown && (state != State.UP || seen.tick() - lastBack < RELAPSE_NANOS);
      holdNanos =
          relapse && holdNanos > 0
              ? Math.min(2 * holdNanos, settings.holdMax().toNanos())
              : settings.hold().toNanos();
      goodProbes = 0;
      wasDown = true;
    } else if (state == State.DOWN) {
      lastBack = seen.tick();
      rule.clear();
    }
    state = next;
    since = seen.at();
    sinceTick = seen.tick();
    why = seen.words();
  }
}
