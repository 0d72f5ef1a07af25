package org.spillway.admit;

import java.util.ArrayList;
import java.util.List;
import org.spillway.auth.dmarc.Policy;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.auth.message.Authentication;
import org.spillway.auth.spf.SpfRequest;
import org.spillway.mail.Arrival;
import org.spillway.mail.Direction;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;
import org.spillway.route.LoopGuard;

/** The checks of the admission route: facts of the message itself, and who it is from. */
final class Checks {
  private final LoopGuard loopGuard;
  private final String host;
  private volatile Ground ground;

  /** What a reload replaces as a whole. */
  record Ground(AdmissionSettings settings, DomainDirectory directory) {}

  /**
   * Checks.
   *
   * @param host how we call ourselves
   */
  Checks(Ground ground, LoopGuard loopGuard, String host) {
    this.host = host;
    this.ground = ground;
    this.loopGuard = loopGuard;
  }

  /** From now on the checks go by these settings. */
  void standOn(Ground newGround) {
    ground = newGround;
  }

  Finding direction(Offer offer) {
    boolean known = isKnown(offer.arrival());
    return new Finding.Ways(offer.recipientsAsked().stream().map(r -> way(known, r)).toList());
  }

  /** True for a listener on which checks are recorded and refuse nothing. */
  boolean isMonitored(String listener) {
    return ground.settings().monitored().contains(listener);
  }

  AuthenticationSettings authentication() {
    return ground.settings().authentication();
  }

  /** How our Authentication-Results are signed (RFC 8601 §2.5). */
  String authservId() {
    return authentication().authservId().orElse(host);
  }

  /** Authenticates it, when it is mail from outside; asks the DNS. */
  Offer authenticate(Offer offer) {
    if (offer.pending().isEmpty()) {
      return offer;
    }
    Arrival from = offer.arrival();
    Authentication results =
        offer
            .pending()
            .get()
            .results(
                new SpfRequest(from.client(), from.helo(), offer.envelope().orElseThrow().from()));
    return offer.with(new Finding.Authenticated(results, handling(from, results)));
  }

  private PolicyOverride.Handling handling(Arrival from, Authentication results) {
    PolicyOverride.Handling asked =
        PolicyOverride.handle(
            results.policy(), from.client(), results.chain(), authentication().dmarc());
    if (!isRecordedOnly(from) || asked.disposition() == Policy.NONE) {
      return asked;
    }
    List<PolicyOverride> overrides = new ArrayList<>(asked.overrides());
    overrides.add(new PolicyOverride(PolicyOverride.Type.LOCAL_POLICY, "recorded only"));
    return new PolicyOverride.Handling(Policy.NONE, overrides);
  }

  /** True where nothing follows from what authentication finds. */
  boolean isRecordedOnly(Arrival from) {
    return authentication().use() != AuthenticationSettings.Use.ENFORCE
        || isMonitored(from.listener())
        || isKnown(from);
  }

  private boolean isKnown(Arrival arrival) {
    return arrival.user().isPresent()
        || ground.settings().networks().stream().anyMatch(n -> n.contains(arrival.client()));
  }

  private Finding.Way way(boolean known, Recipient recipient) {
    boolean ours = ground.directory().isOurs(recipient.address().domain());
    if (ours) {
      return new Finding.Way.Goes(known ? Direction.INTERNAL : Direction.INBOUND);
    }
    return known ? new Finding.Way.Goes(Direction.OUTBOUND) : new Finding.Way.NotOurs();
  }

  Finding recipient(Offer offer) {
    Recipient recipient = offer.recipient().orElseThrow();
    return new Finding.Directory(ground.directory().lookup(recipient.address()));
  }

  Finding size(Offer offer) {
    long bytes =
        offer
            .message()
            .map(m -> m.facts().sizeBytes())
            .or(() -> offer.envelope().map(Checks::declaredBytes))
            .orElse(0L);
    return new Finding.Size(bytes, ground.settings().maxSizeBytes());
  }

  private static long declaredBytes(Envelope envelope) {
    return envelope.declaredSizeBytes().orElse(0);
  }

  Finding hops(Offer offer) {
    Message message = offer.message().orElseThrow();
    return new Finding.Hops(message.facts().receivedHops(), ground.settings().maxReceivedHops());
  }

  Finding loop(Offer offer) {
    Message message = offer.message().orElseThrow();
    List<Integer> returned = new ArrayList<>();
    List<Recipient> recipients = message.envelope().recipients();
    for (int i = 0; i < recipients.size(); i++) {
      if (loopGuard.isReturn(message.facts().traceStamps(), recipients.get(i).address())) {
        returned.add(i);
      }
    }
    return new Finding.Returned(returned);
  }
}
