package org.spillway.deliver.courier;

import java.util.Optional;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Reply;
import org.spillway.mail.Status;

/**
 * What a rule says of a reply.
 *
 * @param failed true for never, false for not now
 * @param effect what it means for others
 * @param status for a reply that has none
 */
public record Ruling(boolean failed, Effect effect, Optional<Status> status) {
  /** The outcome of a reply at that hop. */
  public Outcome outcome(String hop, Reply reply) {
    Reply complete =
        reply.status().isPresent() ? reply : new Reply(reply.code(), status, reply.lines());
    return failed
        ? new Outcome.Failed(hop, complete, effect)
        : new Outcome.Deferred(hop, complete, effect);
  }
}
