package org.spillway.smtp;

import org.spillway.mail.Reply;

/** What came of reading something that a client wrote. */
public sealed interface Parsed<T> {
  /** It was well formed. */
  record Good<T>(T value) implements Parsed<T> {}

  /** It was not; this is the answer to it. */
  record Bad<T>(Reply reply) implements Parsed<T> {}

  /** A value. */
  static <T> Parsed<T> good(T value) {
    return new Good<>(value);
  }

  /** A refusal. */
  static <T> Parsed<T> bad(int code, String status, String text) {
    return new Bad<>(Reply.of(code, status, text));
  }
}
