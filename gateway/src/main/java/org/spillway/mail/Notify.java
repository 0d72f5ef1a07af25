package org.spillway.mail;

/** What a sender asked to be told of a recipient (RFC 3461 §4.1); an empty set means unset. */
public enum Notify {
  NEVER,
  SUCCESS,
  FAILURE,
  DELAY
}
