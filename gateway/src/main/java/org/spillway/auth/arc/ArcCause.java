package org.spillway.auth.arc;

/** Why a chain has its state (RFC 8617 §5.2). */
public enum ArcCause {
  /** There is no chain. */
  NO_SETS("no ARC sets"),
  /** The newest message signature and all seals verified. */
  GOOD("good chain"),
  /** More than 50 sets. */
  TOO_MANY("too many ARC sets"),
  /** A field that cannot be read, or says what it must not. */
  SYNTAX("malformed ARC field"),
  /** A set without one of its three fields, twice one, or a gap between sets. */
  STRUCTURE("incomplete or doubled ARC set"),
  /** A cv= that may not stand there. */
  STATE("wrong cv= in a seal"),
  /** An earlier hop found the chain broken. */
  FAILED_BEFORE("chain failed at an earlier hop"),
  /** The body is not as the newest message signature says. */
  BODY_HASH("body hash did not verify"),
  /** The newest message signature did not verify. */
  MESSAGE_SIGNATURE("message signature did not verify"),
  /** A seal did not verify. */
  SEAL("seal did not verify"),
  /** A key that is missing, revoked, broken or may not be used. */
  KEY("no usable key"),
  /** The DNS gave no answer: it may verify later. */
  DNS("key unavailable");

  private final String text;

  ArcCause(String text) {
    this.text = text;
  }

  /** In words, as a comment of Authentication-Results. */
  public String text() {
    return text;
  }
}
