package org.spillway.control;

import java.util.Locale;
import java.util.Optional;
import org.spillway.spool.Disposition;

/** The one word for a disposition, the same in filters, listings, log and documents. */
public enum Standing {
  WAITING,
  HELD,
  QUARANTINED,
  DELIVERED,
  BOUNCED,
  EXPIRED,
  DISCARDED;

  /** The word of a disposition. */
  public static Standing of(Disposition disposition) {
    return switch (disposition) {
      case Disposition.Waiting _ -> WAITING;
      case Disposition.Held _ -> HELD;
      case Disposition.Quarantined _ -> QUARANTINED;
      case Disposition.Delivered _ -> DELIVERED;
      case Disposition.Bounced _ -> BOUNCED;
      case Disposition.Expired _ -> EXPIRED;
      case Disposition.Discarded _ -> DISCARDED;
    };
  }

  /** Reads the word; empty when it is none of them. */
  public static Optional<Standing> parse(String word) {
    for (Standing standing : values()) {
      if (standing.word().equals(word)) {
        return Optional.of(standing);
      }
    }
    return Optional.empty();
  }

  /** The word, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
