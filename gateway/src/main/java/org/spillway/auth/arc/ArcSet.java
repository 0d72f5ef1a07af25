package org.spillway.auth.arc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.auth.Field;
import org.spillway.auth.TagList;
import org.spillway.auth.dkim.Algorithm;
import org.spillway.auth.dkim.Canonical;
import org.spillway.mail.Domain;

/**
 * One hop's three fields (RFC 8617 §4.1).
 *
 * @param instance i=, from 1
 * @param results ARC-Authentication-Results
 * @param message ARC-Message-Signature
 * @param seal ARC-Seal
 */
public record ArcSet(int instance, Results results, MessageSignature message, Seal seal) {
  /** RFC 8617 §4.2.1. */
  public static final int MAX_INSTANCE = 50;

  static final String RESULTS = "ARC-Authentication-Results";
  static final String MESSAGE = "ARC-Message-Signature";
  static final String SEAL = "ARC-Seal";

  /**
   * What the hop found (RFC 8617 §4.1.1).
   *
   * @param field where it stands
   * @param text all after {@code i=N;}, in the form of Authentication-Results
   */
  public record Results(Field field, String text) {}

  /** The hop's signature of the message as it passed it on (RFC 8617 §4.1.2). */
  public record MessageSignature(
      Field field,
      TagList tags,
      Algorithm algorithm,
      byte[] signature,
      byte[] bodyHash,
      Canonical.Pair canonical,
      Domain domain,
      String selector,
      List<String> names,
      OptionalLong limitBytes,
      Optional<Instant> signedAt,
      Optional<Instant> expires) {}

  /**
   * The hop's signature of all sets up to its own (RFC 8617 §4.1.3).
   *
   * @param state cv=, what the hop found of the chain before it
   */
  public record Seal(
      Field field,
      TagList tags,
      Algorithm algorithm,
      byte[] signature,
      Domain domain,
      String selector,
      String state,
      Optional<Instant> signedAt) {}
}
