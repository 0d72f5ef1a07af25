package org.spillway.smtp.server;

import org.spillway.admit.Verdict;
import org.spillway.mail.Reply;

/** A reply and what becomes of the connection after it. */
record Answer(Reply reply, Wish wish) {
  static Answer of(Reply reply) {
    return new Answer(reply, Wish.GO_ON);
  }

  static Answer of(int code, String status, String text) {
    return of(Reply.of(code, status, text));
  }

  static Answer last(int code, String status, String text) {
    return new Answer(Reply.of(code, status, text), Wish.CLOSE);
  }

  static Answer of(Verdict verdict) {
    return new Answer(verdict.reply(), verdict instanceof Verdict.HangUp ? Wish.CLOSE : Wish.GO_ON);
  }
}
