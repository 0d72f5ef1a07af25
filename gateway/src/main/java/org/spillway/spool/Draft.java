package org.spillway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spillway.mail.Arrival;
import org.spillway.mail.Content;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.Envelope;
import org.spillway.policy.Decision;

/** A message that is coming in. Closing it without a commit forgets it. */
public interface Draft extends AutoCloseable {
  /** Takes the next bytes of the content; blocks when the disk is behind. */
  void write(ByteBuffer bytes) throws IOException;

  /** The content so far, for the admission steps; valid until the draft is closed. */
  Content content() throws IOException;

  /**
   * Makes the message safe and answers whether it is. Blocks until the force is done (and, in a
   * cluster, until the partner has it). Never throws for a broken or full disk.
   */
  Receipt commit(Accepted accepted);

  @Override
  void close();

  /**
   * All that is kept beside the content.
   *
   * @param arrival who gave it to us
   * @param direction OUTBOUND when any copy is, for listings; the way of each recipient is its
   *     copy's
   * @param envelope sender and recipients
   * @param facts what was seen while it came in
   * @param decision its copies
   * @param standings how each recipient stands at once, in the envelope's order: Waiting, or Held,
   *     or Quarantined
   * @param outgoing what is done to it when it leaves
   */
  record Accepted(
      Arrival arrival,
      Direction direction,
      Envelope envelope,
      ContentFacts facts,
      Decision decision,
      java.util.List<Disposition> standings,
      Outgoing outgoing) {
    /** One with nothing on top. */
    public Accepted(
        Arrival arrival,
        Direction direction,
        Envelope envelope,
        ContentFacts facts,
        Decision decision,
        java.util.List<Disposition> standings) {
      this(arrival, direction, envelope, facts, decision, standings, Outgoing.AS_IT_IS);
    }
  }
}
