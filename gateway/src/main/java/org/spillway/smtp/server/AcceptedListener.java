package org.spillway.smtp.server;

import java.util.List;
import java.util.Optional;
import org.spillway.admit.Finding;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Reply;
import org.spillway.spool.Draft;

/** Told of what the dialogs did with mail; must not block. */
public interface AcceptedListener {
  /** One that does nothing. */
  AcceptedListener NONE =
      new AcceptedListener() {
        @Override
        public void accepted(EntryId id, Draft.Accepted accepted, List<Finding> findings) {}

        @Override
        public void refused(Refusal refusal) {}
      };

  /**
   * A message is safe; its 250 goes out after this returns. With the spool's content of {@code id}
   * these are all parts of an {@link org.spillway.spool.Entry}.
   */
  void accepted(EntryId id, Draft.Accepted accepted, List<Finding> findings);

  /** A sender, a recipient or a message was not taken. */
  void refused(Refusal refusal);

  /**
   * What was not taken, and what was said.
   *
   * @param id present when there was content
   * @param arrival who tried
   * @param envelope sender and the recipients accepted before
   * @param recipient present when only this recipient was refused
   * @param reply what we answered
   * @param findings what the checks saw, when they came to see the message
   */
  record Refusal(
      Optional<EntryId> id,
      Arrival arrival,
      Envelope envelope,
      Optional<Address> recipient,
      Reply reply,
      List<Finding> findings) {
    public Refusal {
      findings = List.copyOf(findings);
    }
  }
}
