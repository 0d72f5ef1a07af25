package org.spillway.spool.code;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.spool.Disposition;

/**
 * How an entry stands, whole: it supersedes all that was noted of it before.
 *
 * @param standings of every recipient, in the envelope's order
 * @param open attempts whose outcome is not known yet
 */
public record State(List<Disposition> standings, List<Attempt> open) {
  private static final int VERSION = 1;

  public State {
    standings = List.copyOf(standings);
    open = List.copyOf(open);
  }

  /**
   * The state after a stop in which the outcomes of the open attempts were lost: their recipients
   * wait, and may be tried on that site only (invariant 4).
   */
  public State withOutcomesLost(Instant at) {
    List<Disposition> after = new ArrayList<>(standings);
    for (Attempt attempt : open) {
      for (int recipient : attempt.recipients()) {
        if (recipient >= 0 && recipient < after.size()) {
          after.set(recipient, unknown(after.get(recipient), attempt, at));
        }
      }
    }
    return new State(after, List.of());
  }

  private static Disposition unknown(Disposition before, Attempt attempt, Instant at) {
    if (!(before instanceof Disposition.Waiting waiting)) {
      return before;
    }
    return new Disposition.Waiting(
        at,
        waiting.attempts() + 1,
        at,
        "the outcome at " + attempt.hop() + " was lost in a stop",
        Optional.of(attempt.site()),
        waiting.delayNotified());
  }

  /** The bytes. */
  public byte[] encode() {
    return new Encoder(128)
        .octet(VERSION)
        .each(standings, DispositionCodec::write)
        .each(open, Attempt::write)
        .toBytes();
  }

  /** The value; throws nothing but {@link Malformed}. */
  public static State decode(ByteBuffer bytes) throws Malformed {
    Decoder from = new Decoder(bytes);
    if (from.octet() != VERSION) {
      throw new Malformed("a state of an unknown version");
    }
    State state = new State(from.each(DispositionCodec::read), from.each(Attempt::read));
    from.end();
    return state;
  }
}
