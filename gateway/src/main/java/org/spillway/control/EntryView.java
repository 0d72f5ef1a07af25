package org.spillway.control;

import java.util.List;
import java.util.Optional;
import org.spillway.mail.Arrival;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.ReversePath;
import org.spillway.policy.Constraints;

/**
 * One message, as a person who looks at it sees it.
 *
 * @param id its name
 * @param arrival who gave it to us
 * @param direction which way it goes
 * @param from the sender
 * @param facts what was seen of the content
 * @param recipients each with its standing
 * @param constraints what binds each recipient's path, in the same order
 * @param header the header section, when asked for, cut at 64 KiB
 */
public record EntryView(
    EntryId id,
    Arrival arrival,
    Direction direction,
    ReversePath from,
    ContentFacts facts,
    List<QueueRow> recipients,
    List<Constraints> constraints,
    Optional<String> header) {
  public EntryView {
    recipients = List.copyOf(recipients);
    constraints = List.copyOf(constraints);
  }
}
