package org.spillway.smtp.server;

/** Where a dialog stands, and the one place that moves it (RFC 5321 §3.3, §4.1.4). */
final class DialogState {
  enum Phase {
    /** No EHLO yet. */
    CONNECTED,
    /** Greeted, no transaction. */
    READY,
    /** After MAIL. */
    SENDER,
    /** After a RCPT was accepted. */
    RECIPIENTS,
    /** Content until the lone period. */
    DATA,
    /** The octets of a chunk. */
    CHUNK,
    /** Between the chunks of a message. */
    CHUNKS,
    /** The client's answers of AUTH. */
    AUTH,
    /** Turned away in the greeting: only QUIT is of use (RFC 5321 §3.1). */
    REFUSED,
    /** Over. */
    CLOSED
  }

  enum Event {
    HELLO,
    MAIL_ACCEPTED,
    RCPT_ACCEPTED,
    DATA,
    CHUNK,
    CHUNK_READ,
    /** A transaction ended, well or not. */
    RESET,
    AUTH_BEGIN,
    AUTH_END,
    SECURED,
    REFUSE,
    CLOSE
  }

  private Phase phase = Phase.CONNECTED;

  Phase phase() {
    return phase;
  }

  /*
   * event          | from                           | to
   * HELLO          | CONNECTED … RECIPIENTS, CHUNKS | READY       (RFC 5321 §4.1.4: as RSET)
   * MAIL_ACCEPTED  | READY                          | SENDER
   * RCPT_ACCEPTED  | SENDER, RECIPIENTS             | RECIPIENTS
   * DATA           | RECIPIENTS                     | DATA
   * CHUNK          | RECIPIENTS, CHUNKS             | CHUNK
   * CHUNK_READ     | CHUNK                          | CHUNKS
   * RESET          | CONNECTED                      | CONNECTED
   *                | READY … CHUNKS                 | READY
   * AUTH_BEGIN/END | READY / AUTH                   | AUTH / READY
   * SECURED        | CONNECTED, READY               | CONNECTED   (RFC 3207 §4.2: forget all)
   * REFUSE         | CONNECTED                      | REFUSED
   * CLOSE          | any                            | CLOSED
   */
  void move(Event event) {
    phase =
        switch (event) {
          case HELLO -> from(Phase.READY, phase.compareTo(Phase.DATA) < 0 || phase == Phase.CHUNKS);
          case MAIL_ACCEPTED -> from(Phase.SENDER, phase == Phase.READY);
          case RCPT_ACCEPTED ->
              from(Phase.RECIPIENTS, phase == Phase.SENDER || phase == Phase.RECIPIENTS);
          case DATA -> from(Phase.DATA, phase == Phase.RECIPIENTS);
          case CHUNK -> from(Phase.CHUNK, phase == Phase.RECIPIENTS || phase == Phase.CHUNKS);
          case CHUNK_READ -> from(Phase.CHUNKS, phase == Phase.CHUNK);
          case RESET ->
              phase == Phase.CONNECTED
                  ? phase
                  : from(Phase.READY, phase.compareTo(Phase.CHUNKS) <= 0);
          case AUTH_BEGIN -> from(Phase.AUTH, phase == Phase.READY);
          case AUTH_END -> from(Phase.READY, phase == Phase.AUTH);
          case SECURED -> from(Phase.CONNECTED, phase == Phase.CONNECTED || phase == Phase.READY);
          case REFUSE -> from(Phase.REFUSED, phase == Phase.CONNECTED);
          case CLOSE -> Phase.CLOSED;
        };
  }

  private Phase from(Phase next, boolean allowed) {
    if (!allowed) {
      throw new IllegalStateException(phase + " to " + next); // a mistake of ours
    }
    return next;
  }

  /** True between MAIL and the reply to the message. */
  boolean inTransaction() {
    return switch (phase) {
      case SENDER, RECIPIENTS, DATA, CHUNK, CHUNKS -> true;
      case CONNECTED, READY, AUTH, REFUSED, CLOSED -> false;
    };
  }

  /** True while the client owes us content. */
  boolean inContent() {
    return phase == Phase.DATA || phase == Phase.CHUNK;
  }
}
