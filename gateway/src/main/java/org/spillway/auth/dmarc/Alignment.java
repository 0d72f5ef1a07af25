package org.spillway.auth.dmarc;

/** How close an authenticated domain must be to the one in From (RFC 9989 §4.4). */
public enum Alignment {
  /** The same organizational domain. */
  RELAXED,
  /** The same domain. */
  STRICT;

  /** The letter of the adkim and aspf tags. */
  public String letter() {
    return this == STRICT ? "s" : "r";
  }
}
