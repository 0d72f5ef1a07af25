package org.spillway.route;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.spillway.route.Plan.LeftOut;
import org.spillway.route.Plan.Otherwise;
import org.spillway.route.Plan.Step;
import org.spillway.route.Plan.Why;

/**
 * Says where recipients may go now: a pure function of what they ask for and of the {@link
 * Situation}. Lasting reasons against a site come first ({@link Eligibility}); of the sites that
 * remain, the first is where the mail goes while it is trusted, and the others take it when that
 * one is down for long enough, drained, pinned or out of quota.
 */
public final class Planner {
  /** How long a wait without a known end lasts before the plan is made anew all the same. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private final Ask ask;
  private final Situation now;
  private final List<Site> able = new ArrayList<>(4);
  private final List<LeftOut> leftOut = new ArrayList<>(4);
  private final List<Step> steps = new ArrayList<>(2);
  private Instant lookAgain;

  private Planner(Ask ask, Situation now) {
    this.ask = ask;
    this.now = now;
    this.lookAgain = now.now().plus(LOOK_AGAIN);
  }

  /** The plan for recipients of a message of that size. */
  public static Plan plan(Ask ask, long sizeBytes, Situation now) {
    Planner planner = new Planner(ask, now);
    planner.sift(sizeBytes);
    if (planner.able.isEmpty()) {
      return new Plan(List.of(), planner.leftOut, planner.never());
    }
    planner.choose();
    return new Plan(planner.steps, planner.leftOut, planner.waiting());
  }

  private void sift(long sizeBytes) {
    boolean first = true;
    for (SiteName name : ask.sites()) {
      Site site = now.sites().get(name);
      if (site == null) {
        leftOut.add(new LeftOut(name, Why.DOWN, "it is not in the configuration any more"));
      } else {
        Optional<LeftOut> objection = Eligibility.objection(ask, sizeBytes, site, first);
        if (objection.isPresent()) {
          leftOut.add(objection.get());
        } else {
          able.add(site);
        }
      }
      first = false;
    }
  }

  private void choose() {
    Site head = able.getFirst();
    Standing standing = now.standing(head.name());
    Optional<LeftOut> closed = closed(head);
    if (closed.isPresent()) {
      leftOut.add(closed.get());
      spillFrom(head, standing, closed.get().why());
    } else if (standing.isTrusted()) {
      steps.add(new Step(head.name(), unknownSpill(head)));
      leaveOthers(Why.SPILL_TOO_EARLY, head.name() + " is up");
    } else {
      spillFrom(head, standing, Why.DOWN);
      boolean canary =
          standing.phase() == Standing.Phase.CANARY && !now.canariesOut().contains(head.name());
      steps.add(canary ? 0 : steps.size(), new Step(head.name(), unknownSpill(head)));
    }
  }

  /** Why a site takes nothing at this moment. */
  private Optional<LeftOut> closed(Site site) {
    SiteName name = site.name();
    Standing standing = now.standing(name);
    if (standing.isPinned(Pin.Kind.DRAIN)) {
      return Optional.of(new LeftOut(name, Why.DRAINED, pinned(standing)));
    }
    if (standing.isPinned(Pin.Kind.FORCE_SPILL)) {
      return Optional.of(new LeftOut(name, Why.PINNED, pinned(standing)));
    }
    if (standing.isDown()) {
      String detail = "down since " + standing.health().since() + ": " + standing.health().why();
      return Optional.of(new LeftOut(name, Why.DOWN, detail));
    }
    Optional<Pause> pause = now.pause(name);
    pause.ifPresent(p -> lookAgainAt(now.instant(p.until())));
    return pause.map(p -> new LeftOut(name, Why.QUOTA, p.why()));
  }

  private static String pinned(Standing standing) {
    Pin pin = standing.pin().orElseThrow();
    return "by " + pin.by() + " until " + pin.until() + ": " + pin.why();
  }

  private void spillFrom(Site head, Standing standing, Why why) {
    if (standing.isPinned(Pin.Kind.FORCE_LOCAL)) {
      leaveOthers(Why.PINNED, head.name() + " is pinned: nothing spills from it");
      return;
    }
    Duration early = head.health().spillAfter().minus(standing.outage(now.tick()));
    if (why == Why.DOWN && early.isPositive()) {
      Instant due = now.now().plus(early);
      lookAgainAt(due);
      leaveOthers(Why.SPILL_TOO_EARLY, "spills from " + due);
      return;
    }
    for (Site site : others()) {
      Optional<LeftOut> closed = closed(site);
      if (closed.isPresent()) {
        leftOut.add(closed.get());
      } else {
        steps.add(new Step(site.name(), Optional.of(spill(head, site, standing, why))));
      }
    }
  }

  private Spill spill(Site head, Site to, Standing standing, Why why) {
    String reason =
        switch (why) {
          case DRAINED, PINNED -> "pinned " + pinned(standing);
          case QUOTA -> now.pause(head.name()).map(Pause::why).orElse("quota");
          case DOWN ->
              (standing.isDown() ? "down since " : "back but not stable since ")
                  + standing.health().since()
                  + ": "
                  + standing.health().why();
          case DIRECTION,
              NOT_HOSTED,
              SENDER_NOT_ALLOWED,
              NULL_SENDER,
              CONSTRAINTS,
              SIZE,
              SPILL_TOO_EARLY,
              SPILL_FORBIDDEN,
              UNKNOWN_OUTCOME_ELSEWHERE,
              REFUSED_BEFORE ->
              why.toString();
        };
    return new Spill(head.name(), to.name(), reason, allowedBy());
  }

  /** A copy whose outcome was lost after it had spilled is still a spilled copy. */
  private Optional<Spill> unknownSpill(Site site) {
    SiteName first = ask.sites().getFirst();
    return ask.unknownAt().isEmpty() || first.equals(site.name())
        ? Optional.empty()
        : Optional.of(new Spill(first, site.name(), "its outcome there is unknown", allowedBy()));
  }

  private String allowedBy() {
    return ask.constraints().rules().isEmpty()
        ? "route"
        : "rules " + new TreeSet<>(ask.constraints().rules());
  }

  private void leaveOthers(Why why, String detail) {
    for (Site site : others()) {
      leftOut.add(closed(site).orElseGet(() -> new LeftOut(site.name(), why, detail)));
    }
  }

  private List<Site> others() {
    return able.subList(1, able.size());
  }

  private void lookAgainAt(Instant when) {
    lookAgain = when.isBefore(lookAgain) ? when : lookAgain;
  }

  private Otherwise waiting() {
    return new Otherwise.Wait(steps.isEmpty() ? reasons() : "", lookAgain);
  }

  private String reasons() {
    StringBuilder all = new StringBuilder();
    leftOut.forEach(out -> append(all, out));
    return all.toString();
  }

  private String reasons(Why why) {
    StringBuilder all = new StringBuilder();
    leftOut.stream().filter(out -> out.why() == why).forEach(out -> append(all, out));
    return all.toString();
  }

  private static void append(StringBuilder all, LeftOut out) {
    all.append(all.isEmpty() ? "" : "; ").append(out.site()).append(": ").append(out.detail());
  }

  /** No site of the route can take it, whatever time passes. */
  private Otherwise never() {
    if (has(Why.REFUSED_BEFORE)) {
      return refused();
    }
    boolean bound = ask.unknownAt().isPresent() && !has(Why.CONSTRAINTS);
    if (bound || has(Why.DOWN)) {
      return new Otherwise.Wait(reasons(), lookAgain); // a person must say where else it may go
    }
    if (has(Why.SIZE)) {
      return new Otherwise.Return("5.3.4", "too large: " + reasons(Why.SIZE));
    }
    if (has(Why.CONSTRAINTS)) {
      return new Otherwise.HeldByPolicy(List.copyOf(new TreeSet<>(ask.constraints().rules())));
    }
    if (has(Why.SENDER_NOT_ALLOWED) || has(Why.NULL_SENDER)) {
      return new Otherwise.Return("5.7.1", "no site may send for this sender");
    }
    return new Otherwise.Return("5.4.4", "there is no route");
  }

  /** The first site's refusal, in its words. */
  private Otherwise refused() {
    Refusal refusal =
        ask.sites().stream()
            .filter(ask.refused()::containsKey)
            .map(ask.refused()::get)
            .findFirst()
            .orElseThrow();
    return new Otherwise.Return(refusal.status(), refusal.why());
  }

  private boolean has(Why why) {
    return leftOut.stream().anyMatch(out -> out.why() == why);
  }
}
