package org.spillway.admit;

import java.util.ArrayList;
import java.util.List;
import org.spillway.guard.Guard;
import org.spillway.guard.Sign;
import org.spillway.guard.Transcript;
import org.spillway.mail.Message;

/** The steps of the admission route that look for abuse: each adds what the guard has seen. */
final class GuardSteps {
  private final Guard guard;
  private final Transcript transcript = new Transcript();

  GuardSteps(Guard guard) {
    this.guard = guard;
  }

  Offer connection(Offer offer) {
    List<Sign> signs = guard.connection(offer.arrival(), offer.line());
    transcript.connected(offer.arrival(), signs);
    return with(offer, signs);
  }

  Offer ahead(Offer offer) {
    return with(offer, guard.ahead(offer.arrival(), offer.line().listen(java.time.Duration.ZERO)));
  }

  Offer sender(Offer offer) {
    List<Sign> signs = guard.sender(offer.arrival(), offer.envelope().orElseThrow().from());
    transcript.sender(offer.arrival(), signs);
    return with(offer, signs);
  }

  Offer recipient(Offer offer) {
    List<Sign> signs =
        guard.recipient(
            offer.arrival(),
            offer.envelope().orElseThrow(),
            offer.recipient().orElseThrow(),
            isWanted(offer));
    transcript.recipient(offer.arrival(), signs);
    return with(offer, signs);
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
    List<Sign> before = transcript.of(message.arrival());
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
