package org.spillway.smtp;

/** The EHLO keywords that we know (IANA "SMTP Service Extensions"). */
public enum Capability {
  PIPELINING,
  SIZE,
  EIGHTBITMIME,
  SMTPUTF8,
  DSN,
  ENHANCEDSTATUSCODES,
  CHUNKING,
  STARTTLS,
  AUTH,
  REQUIRETLS,
  LIMITS;

  /** The keyword on the wire. */
  public String keyword() {
    return this == EIGHTBITMIME ? "8BITMIME" : name();
  }
}
