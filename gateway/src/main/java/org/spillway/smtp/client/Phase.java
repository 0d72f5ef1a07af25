package org.spillway.smtp.client;

/** What a reply answers to; each has its own timeout (RFC 5321 §4.5.3.2). */
public enum Phase {
  GREETING,
  EHLO,
  STARTTLS,
  AUTH,
  RSET,
  MAIL,
  RCPT,
  DATA,
  FINAL_DOT,
  QUIT
}
