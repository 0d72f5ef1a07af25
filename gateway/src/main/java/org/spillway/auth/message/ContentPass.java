package org.spillway.auth.message;

import java.util.List;
import java.util.Optional;
import org.spillway.auth.Field;
import org.spillway.auth.dkim.BodyHasher;
import org.spillway.auth.dkim.BodyHashes;

/**
 * What authentication does with one content while it comes in: hashes the body in the one pass, and
 * says which header fields must not go on. Not for several threads at once.
 */
public final class ContentPass {
  private final BodyHashes bodies;
  private final List<Field> forged;
  private final Optional<PendingAuthentication> pending;
  private final Optional<BodyHasher> toSign;

  ContentPass(
      BodyHashes bodies,
      List<Field> forged,
      Optional<PendingAuthentication> pending,
      Optional<BodyHasher> toSign) {
    this.bodies = bodies;
    this.forged = List.copyOf(forged);
    this.pending = pending;
    this.toSign = toSign;
  }

  /** One that does nothing. */
  public static ContentPass idle() {
    return new ContentPass(new BodyHashes(), List.of(), Optional.empty(), Optional.empty());
  }

  /** Fields that claim to be ours, in their order: to be left out (RFC 8601 §5). */
  public List<Field> forged() {
    return forged;
  }

  /** Takes the next bytes of the body. */
  public void body(byte[] bytes, int offset, int length) {
    bodies.feed(bytes, offset, length);
  }

  /** The message on its way to its results; empty when it is not authenticated. */
  public Optional<PendingAuthentication> pending() {
    return pending;
  }

  /** The hash that our signature will carry, in base 64; empty when nothing is signed. */
  public Optional<String> bodyHash() {
    return toSign.map(hasher -> hasher.finish().base64());
  }
}
