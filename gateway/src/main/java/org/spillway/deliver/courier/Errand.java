package org.spillway.deliver.courier;

import java.util.List;
import java.util.Optional;
import org.spillway.deliver.Courier;
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

  /** The site's TLS floor, or a stricter one that the copies' constraints ask for (invariant 2). */
  TlsFloor floor() {
    TlsFloor floor = site.tls().floor();
    for (int recipient : recipients) {
      floor = floor.meet(entry.decision().copyOf(recipient).constraints().tls());
    }
    return floor;
  }
}
