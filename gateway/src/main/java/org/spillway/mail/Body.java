package org.spillway.mail;

/** The declared body type (RFC 6152 §2, RFC 3030 §3). */
public enum Body {
  SEVENBIT,
  EIGHTBITMIME
}
