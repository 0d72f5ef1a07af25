package org.spillway.mail;

import java.util.Optional;

/**
 * What was seen of the content in the one pass while it came in; kept with the entry.
 *
 * @param sizeBytes length with our Received field
 * @param headerBytes length of the header section, with the empty line after it
 * @param bodySha256 of the body as received, in hex
 * @param receivedHops Received fields that were there before ours
 * @param eightBit true when a byte above 127 stands in the body
 * @param eightBitHeaders true when one stands in the header section
 * @param signed true when a DKIM-Signature, an ARC seal or an S/MIME or PGP type would break by
 *     re-encoding
 * @param autoSubmitted true for Auto-Submitted other than no (RFC 3834 §5), Precedence bulk, junk
 *     or list
 * @param messageId the Message-ID field's value
 * @param subject the decoded Subject, at most 200 characters
 * @param traceStamps values of the X-Spillway-Trace fields that were there
 * @param tlsOptional true for {@code TLS-Required: No} (RFC 8689 §3)
 */
public record ContentFacts(
    long sizeBytes,
    long headerBytes,
    String bodySha256,
    int receivedHops,
    boolean eightBit,
    boolean eightBitHeaders,
    boolean signed,
    boolean autoSubmitted,
    Optional<String> messageId,
    Optional<String> subject,
    java.util.List<String> traceStamps,
    boolean tlsOptional) {
  public ContentFacts {
    traceStamps = java.util.List.copyOf(traceStamps);
  }

  /** Those of a message without TLS-Required. */
  public ContentFacts(
      long sizeBytes,
      long headerBytes,
      String bodySha256,
      int receivedHops,
      boolean eightBit,
      boolean eightBitHeaders,
      boolean signed,
      boolean autoSubmitted,
      Optional<String> messageId,
      Optional<String> subject,
      java.util.List<String> traceStamps) {
    this(
        sizeBytes,
        headerBytes,
        bodySha256,
        receivedHops,
        eightBit,
        eightBitHeaders,
        signed,
        autoSubmitted,
        messageId,
        subject,
        traceStamps,
        false);
  }

  /** The same with or without TLS-Required. */
  public ContentFacts withTlsOptional(boolean optional) {
    return new ContentFacts(
        sizeBytes,
        headerBytes,
        bodySha256,
        receivedHops,
        eightBit,
        eightBitHeaders,
        signed,
        autoSubmitted,
        messageId,
        subject,
        traceStamps,
        optional);
  }
}
