package org.spillway.report;

import java.time.Instant;
import java.util.Optional;
import org.spillway.mail.Status;

/**
 * What a notification says of one recipient (RFC 3464 §2.3).
 *
 * @param recipient index into the envelope
 * @param kind what became of it
 * @param status RFC 3463 code, of the class that belongs to the kind
 * @param diagnostic the peer's or our own words; may be empty
 * @param hop host of the last attempt, as host:port [address]
 * @param lastAttempt when it was last tried
 * @param retryUntil until when it is tried again, for {@link Kind#DELAYED}
 */
public record Fate(
    int recipient,
    Kind kind,
    Status status,
    String diagnostic,
    Optional<String> hop,
    Instant lastAttempt,
    Optional<Instant> retryUntil) {

  /** The Action field (RFC 3464 §2.3.3), gravest first. */
  public enum Kind {
    FAILED,
    DELAYED,
    RELAYED,
    DELIVERED;

    /** The word of the Action field. */
    String action() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
