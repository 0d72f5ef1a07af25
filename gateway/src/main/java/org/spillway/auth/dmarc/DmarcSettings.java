package org.spillway.auth.dmarc;

/**
 * How DMARC is done.
 *
 * @param rules which RFC is spoken
 * @param mostSignatures DKIM results that are looked at, passing ones first
 */
public record DmarcSettings(Rules rules, int mostSignatures) {
  /** RFC 9989, ten signatures. */
  public static final DmarcSettings DEFAULT = new DmarcSettings(Rules.RFC9989, 10);
}
