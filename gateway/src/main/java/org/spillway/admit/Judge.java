package org.spillway.admit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.spillway.auth.AuthReport;
import org.spillway.mail.Direction;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;
import org.spillway.mail.Reply;
import org.spillway.policy.Decision;
import org.spillway.spool.Disposition;

/** Judges what the checks found, a function for each stage. */
final class Judge {
  private static final Reply OK = Reply.of(250, "2.0.0", "OK");
  private final InstantSource clock;
  private final GuardJudge guard;
  private final AuthJudge auth;
  private final Supplier<String> authservId;

  /**
   * Those who judge a part.
   *
   * @param authservId who our Authentication-Results say they are from
   */
  record Others(GuardJudge guard, AuthJudge auth, Supplier<String> authservId) {}

  Judge(InstantSource clock, Others others) {
    this.clock = clock;
    this.guard = others.guard();
    this.auth = others.auth();
    this.authservId = others.authservId();
  }

  Verdict connection(Offer offer) {
    return guard.judge(offer, new Verdict.Accept(OK));
  }

  Verdict ahead(Offer offer) {
    return guard.judge(offer, new Verdict.Accept(OK));
  }

  Verdict sender(Offer offer) {
    return tooLarge(offer)
        ? new Verdict.Refuse(Reply.of(552, "5.3.4", "Message too large")) // RFC 1870 §6.1
        : guard.judge(offer, new Verdict.Accept(Reply.of(250, "2.1.0", "Sender OK")));
  }

  private static boolean tooLarge(Offer offer) {
    return offer
        .finding(Finding.Size.class)
        .filter(size -> size.bytes() > size.limitBytes())
        .isPresent();
  }

  Admission.RecipientVerdict recipient(Offer offer) {
    Admission.RecipientVerdict open = known(offer);
    Verdict said = guard.judge(offer, open.verdict());
    return said.reply().isPositive()
        ? new Admission.RecipientVerdict(said, open.recipients(), open.direction())
        : refuse(said, open.direction());
  }

  /** What is said but for the guard. */
  private static Admission.RecipientVerdict known(Offer offer) {
    Recipient asked = offer.recipient().orElseThrow();
    Finding.Way way = offer.finding(Finding.Ways.class).orElseThrow().ways().getFirst();
    return switch (way) {
      case Finding.Way.NotOurs() ->
          refuse(new Verdict.Refuse(Reply.of(550, "5.7.1", "Relaying denied")), Direction.OUTBOUND);
      case Finding.Way.Goes(Direction direction) ->
          direction == Direction.OUTBOUND
              ? accept(List.of(asked), direction)
              : ours(offer, asked, direction);
    };
  }

  private static Admission.RecipientVerdict ours(Offer offer, Recipient asked, Direction way) {
    return switch (offer.finding(Finding.Directory.class).orElseThrow().answer()) {
      case RecipientDirectory.Answer.Known known ->
          accept(known.targets().stream().map(asked::to).toList(), way);
      case RecipientDirectory.Answer.Unknown _ ->
          refuse(new Verdict.Refuse(Reply.of(550, "5.1.1", "No such recipient here")), way);
      case RecipientDirectory.Answer.Unavailable _ ->
          refuse(new Verdict.Defer(Reply.of(451, "4.4.3", "Recipient cannot be checked now")), way);
    };
  }

  private static Admission.RecipientVerdict accept(List<Recipient> recipients, Direction way) {
    Verdict verdict = new Verdict.Accept(Reply.of(250, "2.1.5", "Recipient OK"));
    return new Admission.RecipientVerdict(verdict, recipients, way);
  }

  private static Admission.RecipientVerdict refuse(Verdict verdict, Direction way) {
    return new Admission.RecipientVerdict(verdict, List.of(), way);
  }

  Admission.MessageVerdict message(Offer offer) {
    if (tooLarge(offer)) {
      return refused(offer, Reply.of(552, "5.3.4", "Message too large"));
    }
    Finding.Hops hops = offer.finding(Finding.Hops.class).orElseThrow();
    if (hops.hops() > hops.limit()) {
      return refused(offer, Reply.of(554, "5.4.6", "Too many hops: mail loop")); // RFC 5321 §6.3
    }
    Verdict verdict = auth.judge(offer, guard.judge(offer, new Verdict.Accept(OK)));
    if (!verdict.reply().isPositive()) {
      return refused(offer, verdict);
    }
    Message message = offer.message().orElseThrow();
    return new Admission.MessageVerdict(
        verdict,
        Decision.unconstrained(ways(offer)),
        standings(offer, verdict, message.envelope().recipients().size()),
        topFields(offer, message.envelope().smtputf8()),
        offer.findings());
  }

  private static Admission.MessageVerdict refused(Offer offer, Reply reply) {
    return refused(offer, new Verdict.Refuse(reply));
  }

  private static Admission.MessageVerdict refused(Offer offer, Verdict verdict) {
    return new Admission.MessageVerdict(
        verdict, new Decision(List.of()), List.of(), "", offer.findings());
  }

  /** RFC 8601 §4.1: ours stands above all that came with the message. */
  private String topFields(Offer offer, boolean utf8) {
    return offer
        .finding(Finding.Authenticated.class)
        .map(found -> AuthReport.of(authservId.get(), found.results().entries()).field(utf8))
        .orElse("");
  }

  private static List<Direction> ways(Offer offer) {
    return offer.finding(Finding.Ways.class).orElseThrow().ways().stream().map(Judge::way).toList();
  }

  private static Direction way(Finding.Way way) {
    return switch (way) {
      case Finding.Way.Goes(Direction direction) -> direction;
      // an alias of ours leads out of our domains: the recipient was let in as ours
      case Finding.Way.NotOurs() -> Direction.OUTBOUND;
    };
  }

  private List<Disposition> standings(Offer offer, Verdict verdict, int recipients) {
    List<Integer> returned = offer.finding(Finding.Returned.class).orElseThrow().recipients();
    List<Disposition> standings = new ArrayList<>(recipients);
    for (int i = 0; i < recipients; i++) {
      standings.add(
          returned.contains(i)
              ? new Disposition.Held(
                  clock.instant(),
                  Disposition.Reason.LOOP,
                  "we have already sent it to this recipient")
              : fresh(verdict));
    }
    return standings;
  }

  private Disposition fresh(Verdict verdict) {
    return verdict instanceof Verdict.Quarantine quarantine
        ? new Disposition.Quarantined(clock.instant(), quarantine.why())
        : Disposition.Waiting.fresh(clock.instant());
  }
}
