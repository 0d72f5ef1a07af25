package org.spillway.report.dmarc;

import java.util.List;

/**
 * A failure report that somebody sent us (RFC 9991, RFC 6591 §3). Empty text where not said; all of
 * it comes from outside and proves nothing.
 *
 * @param authFailure what failed: dmarc, dkim, spf, adsp, bodyhash, revoked, signature
 * @param reportedDomain the domain the report is about, usually ours
 * @param sourceIp where the message came from
 * @param originalMailFrom its reverse-path
 * @param originalRcptTo its recipients
 * @param arrivalDate as written
 * @param deliveryResult delivered, spam, policy, reject, other
 * @param identityAlignment which mechanisms were aligned
 * @param authenticationResults as written
 * @param incidents how many messages it stands for
 * @param original what is known of the message itself
 */
public record FailureReport(
    String authFailure,
    String reportedDomain,
    String sourceIp,
    String originalMailFrom,
    List<String> originalRcptTo,
    String arrivalDate,
    String deliveryResult,
    String identityAlignment,
    String authenticationResults,
    String dkimDomain,
    String userAgent,
    long incidents,
    Original original) {
  public FailureReport {
    originalRcptTo = List.copyOf(originalRcptTo);
  }

  /** From, Subject and Message-ID of the reported message, as written. */
  public record Original(String from, String subject, String messageId) {}
}
