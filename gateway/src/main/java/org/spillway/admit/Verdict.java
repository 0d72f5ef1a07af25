package org.spillway.admit;

import org.spillway.mail.Reply;

/** What the door says. */
public sealed interface Verdict {
  /** The words for the client. */
  Reply reply();

  /** Go on. */
  record Accept(Reply reply) implements Verdict {}

  /** Take it, and keep it for a person to look at. */
  record Quarantine(Reply reply, String why) implements Verdict {}

  /** Not now: 4yz. */
  record Defer(Reply reply) implements Verdict {}

  /** No: 5yz. */
  record Refuse(Reply reply) implements Verdict {}

  /** No, and the connection is closed after the reply (421 or 554). */
  record HangUp(Reply reply) implements Verdict {}
}
