package org.spillway.auth.dmarc;

/** Whether a record stands at a public suffix (RFC 9989 §4.7, tag psd). */
public enum Psd {
  /** A public suffix: the organizational domain is one label below. */
  YES,
  /** An organizational domain, whatever stands above. */
  NO,
  /** Not said: the tree walk finds out. */
  UNKNOWN
}
