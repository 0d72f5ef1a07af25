package org.spillway.admit;

import java.util.ArrayList;
import java.util.List;
import org.spillway.guard.Guard;
import org.spillway.guard.Sign;
import org.spillway.mail.Message;

/** The steps of the admission route that look for abuse: each adds what the guard has seen. */
final class GuardSteps {
  private final Guard guard;

  GuardSteps(Guard guard) {
    this.guard = guard;
  }

  Offer connection(Offer offer) {
    return with(offer, guard.connection(offer.arrival(), offer.line()));
  }

  Offer ahead(Offer offer) {
    return with(offer, guard.ahead(offer.arrival(), offer.line().listen(java.time.Duration.ZERO)));
  }

  Offer sender(Offer offer) {
    return with(offer, guard.sender(offer.arrival(), offer.envelope().orElseThrow().from()));
  }

  Offer recipient(Offer offer) {
    return with(
        offer,
        guard.recipient(
            offer.arrival(),
            offer.envelope().orElseThrow(),
            offer.recipient().orElseThrow(),
            isWanted(offer)));
  }

  /** False for a recipient that is refused already: no greylist needs to know it. */
  private static boolean isWanted(Offer offer) {
    boolean relays =
        offer.finding(Finding.Ways.class).orElseThrow().ways().getFirst()
            instanceof Finding.Way.NotOurs;
    boolean unknown =
        offer.finding(Finding.Directory.class).orElseThrow().answer()
            instanceof RecipientDirectory.Answer.Unknown;
    return !relays && !unknown;
  }

  Offer message(Offer offer) {
    Message message = offer.message().orElseThrow();
    Offer seen = with(offer, guard.message(message));
    List<Sign> before = guard.seenBefore(message.arrival());
    return before.isEmpty() ? seen : seen.with(found(before, false));
  }

  private static Offer with(Offer offer, List<Sign> signs) {
    return signs.isEmpty() ? offer : offer.with(found(signs, true));
  }

  private static List<Finding> found(List<Sign> signs, boolean fresh) {
    List<Finding> findings = new ArrayList<>(signs.size());
    signs.forEach(sign -> findings.add(new Finding.Guarded(sign, fresh)));
    return findings;
  }
}
