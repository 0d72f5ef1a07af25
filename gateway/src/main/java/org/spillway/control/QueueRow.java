package org.spillway.control;

import java.util.Optional;
import org.spillway.mail.EntryId;
import org.spillway.mail.ReversePath;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * One recipient of one message, as a listing shows it.
 *
 * @param id the message; its instant is when it was accepted
 * @param sizeBytes of the content
 * @param from the sender
 * @param to the recipient's address, after aliases
 * @param site where it belongs; empty when no route is for it
 * @param standing how it stands
 */
public record QueueRow(
    EntryId id,
    long sizeBytes,
    ReversePath from,
    String to,
    Optional<SiteName> site,
    Disposition standing) {

  static QueueRow of(Entry entry, int recipient, Placement placement) {
    return new QueueRow(
        entry.id(),
        entry.facts().sizeBytes(),
        entry.envelope().from(),
        entry.envelope().recipients().get(recipient).address().toString(),
        placement.siteOf(entry, recipient),
        entry.standings().get(recipient));
  }
}
