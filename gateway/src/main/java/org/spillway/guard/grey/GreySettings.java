package org.spillway.guard.grey;

import java.time.Duration;

/**
 * How to greylist (RFC 6647 §5).
 *
 * @param when which strangers are asked to come back
 * @param delay how long they must wait
 * @param retryWithin how long they may take to come back
 * @param keep how long one that came back is known without being seen
 * @param ipv4Prefix bits of an IPv4 client that count
 * @param ipv6Prefix bits of an IPv6 client that count
 * @param allowAfter so many triplets that came back let their whole network pass; 0 for never
 * @param entries most that are remembered
 */
public record GreySettings(
    When when,
    Duration delay,
    Duration retryWithin,
    Duration keep,
    int ipv4Prefix,
    int ipv6Prefix,
    int allowAfter,
    int entries) {
  /** Which strangers are asked to come back. */
  public enum When {
    NEVER,
    /** Those of whom another check thinks so. */
    SUSPICIOUS,
    ALWAYS
  }

  /** Off; the times are those of RFC 6647 §5. */
  public static final GreySettings DEFAULT =
      new GreySettings(
          When.NEVER,
          Duration.ofMinutes(1),
          Duration.ofHours(24),
          Duration.ofDays(36),
          24,
          64,
          5,
          200_000);
}
