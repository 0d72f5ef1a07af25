package org.spillway.auth.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What a domain asks for mail that fails (RFC 9989 §4.7, tags p, sp and np), mildest first. */
public enum Policy {
  NONE,
  QUARANTINE,
  REJECT;

  /** Reads the word in any case; empty when it is none of the three. */
  public static Optional<Policy> of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(NONE);
      case "quarantine" -> Optional.of(QUARANTINE);
      case "reject" -> Optional.of(REJECT);
      default -> Optional.empty();
    };
  }

  /** The word of the RFC, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One level milder: what applies in test mode (RFC 9989 §4.7, t=y). */
  public Policy milder() {
    return this == REJECT ? QUARANTINE : NONE;
  }
}
