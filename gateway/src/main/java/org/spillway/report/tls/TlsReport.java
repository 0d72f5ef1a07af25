package org.spillway.report.tls;

import java.time.Instant;
import java.util.List;

/**
 * A TLS report, ours or of others (RFC 8460 §4.4). Empty text where not said.
 *
 * @param start of the day it is about
 * @param end of that day
 */
public record TlsReport(
    String organization,
    Instant start,
    Instant end,
    String contact,
    String reportId,
    List<Policy> policies) {
  public TlsReport {
    policies = List.copyOf(policies);
  }

  /**
   * What happened under one policy.
   *
   * @param type sts, tlsa or no-policy-found
   * @param strings the policy as applied (RFC 8460 §4.5)
   * @param mxHosts the patterns of an MTA-STS policy
   */
  public record Policy(
      String type,
      List<String> strings,
      String domain,
      List<String> mxHosts,
      long successful,
      long failed,
      List<Failure> failures) {
    public Policy {
      strings = List.copyOf(strings);
      mxHosts = List.copyOf(mxHosts);
      failures = List.copyOf(failures);
    }
  }

  /**
   * Failures that are alike.
   *
   * @param type a result type (RFC 8460 §4.3)
   * @param sessions how many
   */
  public record Failure(
      String type,
      String sendingMtaIp,
      String receivingMxHostname,
      String receivingMxHelo,
      String receivingIp,
      long sessions,
      String additionalInformation,
      String reasonCode) {}

  /** All sessions that failed. */
  public long failed() {
    return policies.stream().mapToLong(Policy::failed).sum();
  }

  /** All sessions that did not. */
  public long successful() {
    return policies.stream().mapToLong(Policy::successful).sum();
  }
}
