package org.spillway.policy;

/** How safe a hop's TLS must at least be, weakest first (design: TLS levels). */
public enum TlsFloor {
  /** Clear text is fine. */
  NONE,
  /** TLS where offered, without verification; clear text else. */
  OPPORTUNISTIC,
  /** TLS always, without verification. */
  ENCRYPT,
  /** A valid chain and the name of the MX host as plain DNS gave it. */
  VERIFY_MX,
  /** A valid chain and a name that no attacker on the way can choose. */
  VERIFY,
  /** DANE (RFC 7672) or an enforced MTA-STS policy (RFC 8461). */
  DANE_OR_MTA_STS;

  /** The stricter of the two. */
  public TlsFloor meet(TlsFloor other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
