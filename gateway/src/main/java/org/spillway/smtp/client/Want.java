package org.spillway.smtp.client;

/** What a dialog asks of the connection that carries it. */
public sealed interface Want {
  /** Write these bytes; they need not leave before the next {@link Hear}. */
  record Say(String text) implements Want {}

  /** Read one reply and hand it to the dialog. */
  record Hear(Phase phase) implements Want {}

  /** Make the connection safe, then say so to the dialog. */
  record Secure() implements Want {}

  /** Write the message, dot-stuffed, and the final dot. */
  record Content() implements Want {}

  /** Nothing more: ask the dialog what came of it. */
  record Ended() implements Want {}
}
