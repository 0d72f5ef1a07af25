package org.spillway.spool;

import java.util.List;
import org.spillway.mail.Arrival;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.policy.Decision;

/**
 * One accepted message as the spool holds it.
 *
 * @param id its name
 * @param arrival who gave it to us
 * @param direction OUTBOUND when any copy is, for listings; the way of each recipient is its copy's
 * @param envelope sender and recipients
 * @param facts what was seen while it came in
 * @param decision its copies with their constraints
 * @param standings how each recipient stands, in the envelope's order
 * @param outgoing what is done to it when it leaves
 * @param content its bytes; readable while the entry is live
 */
public record Entry(
    EntryId id,
    Arrival arrival,
    Direction direction,
    Envelope envelope,
    ContentFacts facts,
    Decision decision,
    List<Disposition> standings,
    Outgoing outgoing,
    Content content) {
  public Entry {
    standings = List.copyOf(standings);
  }

  /** One that leaves as it is. */
  public Entry(
      EntryId id,
      Arrival arrival,
      Direction direction,
      Envelope envelope,
      ContentFacts facts,
      Decision decision,
      List<Disposition> standings,
      Content content) {
    this(id, arrival, direction, envelope, facts, decision, standings, Outgoing.AS_IT_IS, content);
  }

  /** True when no recipient waits or is held any more. */
  public boolean isDone() {
    return standings.stream().allMatch(Disposition::isFinal);
  }
}
