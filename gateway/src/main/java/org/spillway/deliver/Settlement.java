package org.spillway.deliver;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.spillway.deliver.Settled.Next;
import org.spillway.mail.Reply;
import org.spillway.mail.Status;
import org.spillway.route.Plan.Otherwise;
import org.spillway.route.Refusal;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Disposition.Waiting;

/** What a turn means for each recipient: outcomes, or a plan without steps, to dispositions. */
final class Settlement {
  private final RetrySchedule schedule;
  private final Delivery delivery;
  private final Instant now;

  private Settlement(RetrySchedule schedule, Delivery delivery, Instant now) {
    this.schedule = schedule;
    this.delivery = delivery;
    this.now = now;
  }

  /** Settles each recipient by its outcome. */
  static Map<Integer, Settled> ofOutcomes(RetrySchedule schedule, Delivery delivery, Instant now) {
    Settlement settlement = new Settlement(schedule, delivery, now);
    Map<Integer, Settled> settled = new HashMap<>();
    delivery.outcomes().forEach((i, outcome) -> settled.put(i, settlement.of(i, outcome)));
    return settled;
  }

  /** Settles each recipient by a plan that has no step. */
  static Map<Integer, Settled> ofPlan(RetrySchedule schedule, Delivery delivery, Instant now) {
    Settlement settlement = new Settlement(schedule, delivery, now);
    Map<Integer, Settled> settled = new HashMap<>();
    for (int recipient : delivery.job().recipients()) {
      settled.put(
          recipient,
          switch (delivery.plan().otherwise()) {
            case Otherwise.Wait wait -> settlement.parked(recipient, wait.why());
            case Otherwise.HeldByPolicy held -> settlement.held(held);
            case Otherwise.Return back ->
                Settled.done(new Disposition.Bounced(now, back.status(), back.why()));
          });
    }
    return settled;
  }

  private Settled held(Otherwise.HeldByPolicy held) {
    String rules = String.join(",", new TreeSet<>(held.rules()));
    return Settled.done(new Disposition.Held(now, Disposition.Reason.POLICY, rules));
  }

  private Settled of(int recipient, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered it ->
          delivered(it.hop(), false, it.dsnPassedOn(), it.reply().toString());
      case Outcome.Relayed it -> delivered(it.hop(), true, it.dsnPassedOn(), it.reply().toString());
      case Outcome.Deferred it -> deferred(recipient, it);
      case Outcome.Failed it -> failed(recipient, it);
      case Outcome.Unreachable it -> wait(recipient, Next.SITE, it.step() + ": " + it.why());
      case Outcome.Unknown it -> unknown(recipient, it);
    };
  }

  private Settled delivered(String hop, boolean relayed, boolean passedOn, String reply) {
    SiteName site = delivery.step().site();
    return Settled.done(
        new Disposition.Delivered(
            now, site, hop, relayed, delivery.step().spill(), passedOn, reply));
  }

  private Settled deferred(int recipient, Outcome.Deferred it) {
    return switch (it.effect()) {
      case Effect.None _,
          Effect.SenderRefused _,
          Effect.NullSenderRefused _,
          Effect.TooLargeHere _,
          Effect.RoadUnfit _ ->
          wait(recipient, Next.LATER, it.why());
      case Effect.Overload _, Effect.Reputation _, Effect.TargetFailure _ ->
          wait(recipient, Next.SITE, it.why());
      case Effect.Throttled _, Effect.QuotaUsed _, Effect.Misconfigured _ ->
          wait(recipient, Next.AGAIN, it.why());
      case Effect.SplitRecipients _ ->
          wait(recipient, delivery.outcomes().size() > 1 ? Next.AGAIN : Next.LATER, it.why());
    };
  }

  private Settled failed(int recipient, Outcome.Failed it) {
    return switch (it.effect()) {
      case Effect.None _, Effect.Reputation _ ->
          Settled.done(new Disposition.Bounced(now, status(it.reply()), it.why()));
      case Effect.SenderRefused _,
          Effect.NullSenderRefused _,
          Effect.TooLargeHere _,
          Effect.RoadUnfit _ ->
          refused(recipient, it);
      // Quota replies of relays are often 5yz; they never bounce a message (reference §4.2).
      case Effect.Throttled _, Effect.QuotaUsed _, Effect.Misconfigured _ ->
          wait(recipient, Next.AGAIN, it.why());
      case Effect.Overload _, Effect.TargetFailure _ -> wait(recipient, Next.SITE, it.why());
      case Effect.SplitRecipients _ ->
          wait(recipient, delivery.outcomes().size() > 1 ? Next.AGAIN : Next.LATER, it.why());
    };
  }

  /** Another site may take it; when none does, the next plan returns it with these words. */
  private Settled refused(int recipient, Outcome.Failed it) {
    Settled next = wait(recipient, Next.AGAIN, it.why());
    Refusal refusal = new Refusal(status(it.reply()), it.why());
    return new Settled(next.now(), next.next(), next.delay(), Optional.of(refusal), next.delayed());
  }

  private static String status(Reply reply) {
    Status given = reply.status().orElse(new Status(5, 0, 0));
    return new Status(5, given.subject(), given.detail()).toString();
  }

  /** Invariant 4: from now on only the same path, and not before the hold is over. */
  private Settled unknown(int recipient, Outcome.Unknown it) {
    Waiting before = delivery.job().waiting(recipient);
    Duration delay = schedule.delay(before.attempts() + 1);
    Duration hold = schedule.unknownHold();
    Duration wait = delay.compareTo(hold) > 0 ? delay : hold;
    return waiting(recipient, Next.LATER, wait, new Words(it.why(), Optional.of(site())));
  }

  private SiteName site() {
    return delivery.step().site();
  }

  private Settled wait(int recipient, Next next, String why) {
    Waiting before = delivery.job().waiting(recipient);
    Job job = delivery.job();
    if (schedule.isExpired(job.ask().nullSender(), job.age())) {
      return expired(why);
    }
    Duration delay = next == Next.AGAIN ? Duration.ZERO : backOff(before);
    return waiting(recipient, next, delay, new Words(why, before.unknownAt()));
  }

  /** The schedule's wait, shortened so that notice and end come on time. */
  private Duration backOff(Waiting before) {
    Job job = delivery.job();
    boolean told = before.delayNotified() || schedule.isLate(job.age());
    Duration wait = schedule.delay(before.attempts() + 1);
    Duration next = schedule.untilNext(job.ask().nullSender(), job.age(), told);
    return wait.compareTo(next) < 0 ? wait : next;
  }

  private Settled expired(String why) {
    return Settled.done(new Disposition.Expired(now, why));
  }

  private Settled parked(int recipient, String why) {
    Job job = delivery.job();
    Waiting before = job.waiting(recipient);
    if (schedule.isExpired(job.ask().nullSender(), job.age())) {
      return expired(before.why().isEmpty() ? why : before.why());
    }
    boolean delayed = !before.delayNotified() && schedule.isLate(job.age());
    Waiting after =
        new Waiting(
            before.at(),
            before.attempts(),
            now,
            why,
            before.unknownAt(),
            before.delayNotified() || delayed);
    return new Settled(after, Next.PARK, Duration.ZERO, Optional.empty(), delayed);
  }

  private record Words(String why, Optional<SiteName> unknownAt) {}

  private Settled waiting(int recipient, Next next, Duration delay, Words words) {
    Waiting before = delivery.job().waiting(recipient);
    boolean delayed = !before.delayNotified() && schedule.isLate(delivery.job().age());
    Waiting after =
        new Waiting(
            now,
            before.attempts() + 1,
            now.plus(delay),
            words.why(),
            words.unknownAt(),
            before.delayNotified() || delayed);
    return new Settled(after, next, delay, Optional.empty(), delayed);
  }
}
