package org.spillway.deliver.courier;

import java.util.List;
import java.util.Optional;
import org.spillway.deliver.Courier;
import org.spillway.deliver.tls.TlsWish;
import org.spillway.deliver.tls.TlsWish.Care;
import org.spillway.mail.Domain;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.policy.TlsFloor;
import org.spillway.route.Site;
import org.spillway.spool.Entry;

/**
 * One attempt: what to carry where.
 *
 * @param site where to
 * @param destination the recipient domain, for sites of kind MX
 * @param entry what
 * @param recipients indexes into the entry's envelope
 * @param note to be told before the final dot
 */
record Errand(
    Site site,
    Optional<Domain> destination,
    Entry entry,
    List<Integer> recipients,
    Courier.FinalDot note) {
  Errand {
    recipients = List.copyOf(recipients);
  }

  Envelope envelope() {
    return entry.envelope();
  }

  Recipient recipient(int index) {
    return entry.envelope().recipients().get(index);
  }

  /**
   * What it asks of TLS: the site's floor, or a stricter one that the copies' constraints ask for
   * (invariant 2), and what the sender said. A mail store is the end of the road, REQUIRETLS asks
   * nothing of it.
   */
  TlsWish wish() {
    return new TlsWish(floor(), site.kind() == Site.Kind.LMTP ? Care.USUAL : care());
  }

  private Care care() {
    if (envelope().requireTls()) { // RFC 8689 §3: it overrides the header field
      return envelope().from().isNull() ? Care.PREFERRED : Care.REQUIRED; // RFC 8689 §5
    }
    return entry.facts().tlsOptional() ? Care.OPTIONAL : Care.USUAL;
  }

  private TlsFloor floor() {
    TlsFloor floor = site.tls().floor();
    for (int recipient : recipients) {
      floor = floor.meet(entry.decision().copyOf(recipient).constraints().tls());
    }
    return floor;
  }
}
