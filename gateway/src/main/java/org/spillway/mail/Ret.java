package org.spillway.mail;

/** How much of a message a report may return (RFC 3461 §4.3). */
public enum Ret {
  FULL,
  HDRS
}
