package org.spillway.auth.dmarc;

/**
 * Which DMARC is spoken. The organizational domain is found by the tree walk under both, since no
 * public suffix list is kept.
 */
public enum Rules {
  /**
   * RFC 9989: tags in any order after v, {@code t=y} honoured, pct, ri and rf unknown and ignored.
   */
  RFC9989,
  /**
   * RFC 7489 where it differs and needs no public suffix list: p must follow v (§6.4), pct lets
   * that share of the failing mail off with the next milder policy (§6.6.4), t is unknown and
   * ignored, more than one record at a name ends the search (§6.6.3).
   */
  RFC7489
}
