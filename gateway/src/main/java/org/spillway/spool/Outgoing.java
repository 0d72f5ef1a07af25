package org.spillway.spool;

import java.util.Optional;

/**
 * What is done to a message when it leaves; its stored content stays as it came.
 *
 * @param topFields header fields that go out above it, each with its CRLF; may be empty
 * @param bodyHash SHA-256 of its relaxed body in base 64 (RFC 6376 §3.4.4), taken while it came in,
 *     for our signature; empty when it is not signed
 */
public record Outgoing(String topFields, Optional<String> bodyHash) {
  /** Nothing. */
  public static final Outgoing AS_IT_IS = new Outgoing("", Optional.empty());
}
