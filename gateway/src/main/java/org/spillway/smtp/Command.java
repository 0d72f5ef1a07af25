package org.spillway.smtp;

import java.util.Optional;
import org.spillway.mail.Address;
import org.spillway.mail.Reply;
import org.spillway.mail.ReversePath;

/** One command line as read (RFC 5321 §4.1.1 and its extensions). */
public sealed interface Command {
  /**
   * EHLO or HELO (RFC 5321 §4.1.1.1).
   *
   * @param name what the client calls itself: a domain, an address literal, or nearly so
   * @param extended true for EHLO
   */
  record Hello(String name, boolean extended) implements Command {}

  /** MAIL FROM (RFC 5321 §4.1.1.2). */
  record Mail(ReversePath from, MailParameters parameters) implements Command {}

  /**
   * RCPT TO (RFC 5321 §4.1.1.3).
   *
   * @param utf8 true when the path as written needs SMTPUTF8 (RFC 6531 §3.4)
   */
  record Rcpt(Address to, boolean utf8, RcptParameters parameters) implements Command {}

  /** DATA (RFC 5321 §4.1.1.4). */
  record Data() implements Command {}

  /** BDAT (RFC 3030 §2): so many octets follow the line. */
  record Bdat(long sizeBytes, boolean last) implements Command {}

  /** RSET (RFC 5321 §4.1.1.5). */
  record Rset() implements Command {}

  /** VRFY (RFC 5321 §4.1.1.6). */
  record Vrfy(String what) implements Command {}

  /** EXPN (RFC 5321 §4.1.1.7). */
  record Expn(String what) implements Command {}

  /** HELP (RFC 5321 §4.1.1.8). */
  record Help() implements Command {}

  /** NOOP (RFC 5321 §4.1.1.9). */
  record Noop() implements Command {}

  /** QUIT (RFC 5321 §4.1.1.10). */
  record Quit() implements Command {}

  /** STARTTLS (RFC 3207 §4). */
  record StartTls() implements Command {}

  /**
   * AUTH (RFC 4954 §4).
   *
   * @param mechanism in upper case
   * @param initial the initial response, still in base 64
   */
  record Auth(String mechanism, Optional<String> initial) implements Command {
    @Override
    public String toString() {
      return "Auth[" + mechanism + "]"; // never the credentials
    }
  }

  /**
   * Not a command that we know or can read.
   *
   * @param reply what to answer
   * @param stranger true when another protocol speaks (HTTP, PROXY): the connection is no use
   */
  record Malformed(Reply reply, boolean stranger) implements Command {}
}
