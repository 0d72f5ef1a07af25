package org.spillway.control;

import java.time.Instant;
import java.util.Optional;
import org.spillway.spool.Disposition;
import org.spillway.spool.Disposition.Bounced;
import org.spillway.spool.Disposition.Discarded;
import org.spillway.spool.Disposition.Held;
import org.spillway.spool.Disposition.Quarantined;
import org.spillway.spool.Disposition.Reason;
import org.spillway.spool.Disposition.Waiting;

/** What an admin can have done with a recipient in the queue. */
public sealed interface Order {
  /** It stays here until it is released. */
  record Hold() implements Order {}

  /**
   * It goes on its way again, under its constraints as before.
   *
   * @param anySite true when a recipient whose outcome is Unknown may go to another site than that
   *     one, at the risk of a duplicate (invariant 4: "until an admin says otherwise")
   */
  record Release(boolean anySite) implements Order {}

  /** It is returned to its sender. */
  record Bounce() implements Order {}

  /** It is thrown away, and nobody is told. */
  record Delete() implements Order {}

  /** The word of the command line, the audit and the trace. */
  default String word() {
    return switch (this) {
      case Hold _ -> "hold";
      case Release release -> release.anySite ? "release --any-site" : "release";
      case Bounce _ -> "bounce";
      case Delete _ -> "delete";
    };
  }

  /**
   * The one place where an admin moves a recipient. Empty: the order is not for that standing.
   *
   * <pre>
   *               hold          release                     bounce      delete
   * Waiting       Held(ADMIN)   Waiting, path free (any-    Bounced     Discarded
   *                             site and Unknown), else –
   * Held          –             Waiting                     Bounced     Discarded
   * Quarantined   –             Waiting                     –           Discarded
   * (final)       –             –                           –           –
   * </pre>
   *
   * <p>Quarantined mail came from outside as a rule: it is not bounced (no backscatter, invariant
   * 5).
   */
  default Optional<Disposition> moved(Disposition now, Hand hand, Instant at) {
    return switch (now) {
      case Waiting waiting -> moved(waiting, hand, at);
      case Held held -> moved(held, hand, at);
      case Quarantined _ ->
          switch (this) {
            case Release _ -> Optional.of(Waiting.fresh(at));
            case Delete _ -> Optional.of(discarded(hand, at));
            case Hold _, Bounce _ -> Optional.empty();
          };
      case Disposition.Delivered _, Bounced _, Disposition.Expired _, Discarded _ ->
          Optional.empty();
    };
  }

  private Optional<Disposition> moved(Waiting waiting, Hand hand, Instant at) {
    return switch (this) {
      case Hold _ -> Optional.of(new Held(at, Reason.ADMIN, HeldNote.write(hand, waiting)));
      case Release release ->
          release.anySite && waiting.unknownAt().isPresent()
              ? Optional.of(anew(waiting, at))
              : Optional.empty();
      case Bounce _ -> Optional.of(bounced(hand, at));
      case Delete _ -> Optional.of(discarded(hand, at));
    };
  }

  private Optional<Disposition> moved(Held held, Hand hand, Instant at) {
    return switch (this) {
      case Hold _ -> Optional.empty();
      case Release release -> {
        Waiting as = HeldNote.read(held, at);
        yield Optional.of(release.anySite ? anew(as, at) : as);
      }
      case Bounce _ -> Optional.of(bounced(hand, at));
      case Delete _ -> Optional.of(discarded(hand, at));
    };
  }

  private static Waiting anew(Waiting waiting, Instant at) {
    return new Waiting(
        at, waiting.attempts(), at, waiting.why(), Optional.empty(), waiting.delayNotified());
  }

  private static Bounced bounced(Hand hand, Instant at) {
    // RFC 3463 §3.8: 5.7.1, delivery not authorized, message refused
    return new Bounced(at, "5.7.1", hand.why().isEmpty() ? "returned by an admin" : hand.why());
  }

  private static Discarded discarded(Hand hand, Instant at) {
    return new Discarded(at, hand.who(), hand.why());
  }
}
