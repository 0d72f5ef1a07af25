package org.spillway.deliver.tls;

import org.spillway.policy.TlsFloor;

/**
 * What a message asks of its road; connections are kept by it.
 *
 * @param floor the site's, or a stricter one of the copy's Constraints
 * @param care what the sender said of TLS
 */
public record TlsWish(TlsFloor floor, Care care) {
  /** What the sender said (RFC 8689). */
  public enum Care {
    /** Nothing. */
    USUAL,
    /** REQUIRETLS: all the way, or not at all. */
    REQUIRED,
    /** REQUIRETLS on a bounce: kept where it can be (RFC 8689 §5). */
    PREFERRED,
    /** {@code TLS-Required: No}: the recipient's policies are not to stop it (RFC 8689 §3). */
    OPTIONAL
  }

  public TlsWish {
    if (care == Care.REQUIRED) {
      floor = floor.meet(TlsFloor.VERIFY); // RFC 8689 §4.2.1
    }
  }

  /** Nothing but a floor. */
  public static TlsWish of(TlsFloor floor) {
    return new TlsWish(floor, Care.USUAL);
  }

  /**
   * True when what the recipient's domain publishes counts: not where TLS is off, and not where the
   * sender waives it and no floor of ours asks for it all the same.
   */
  public boolean heedsPolicies() {
    return switch (floor) {
      case NONE -> false;
      case DANE_OR_MTA_STS -> true;
      case OPPORTUNISTIC, ENCRYPT, VERIFY_MX, VERIFY -> care != Care.OPTIONAL;
    };
  }
}
