package org.spillway.report.tls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spillway.mail.Domain;

/**
 * One SMTP session of the courier with a host of a domain, as TLS reports count it (RFC 8460 §4.2).
 *
 * @param domain the policy domain: the recipients' domain
 * @param policy under which it was made
 * @param strings the policy as applied, line by line, or TLSA records as text (RFC 8460 §4.5)
 * @param mxHosts the mx patterns of an MTA-STS policy; empty else
 * @param failure why it failed; empty when TLS stood as the policy wants it
 */
public record TlsSession(
    Domain domain,
    PolicyType policy,
    List<String> strings,
    List<String> mxHosts,
    Optional<Failure> failure) {
  public TlsSession {
    strings = List.copyOf(strings);
    mxHosts = List.copyOf(mxHosts);
  }

  /** RFC 8460 §4.4 policy-type. */
  public enum PolicyType {
    STS,
    TLSA,
    NO_POLICY_FOUND;

    /** As it stands in a report. */
    public String word() {
      return dashed(this);
    }
  }

  /** RFC 8460 §4.3. */
  public enum ResultType {
    STARTTLS_NOT_SUPPORTED,
    CERTIFICATE_HOST_MISMATCH,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_TRUSTED,
    VALIDATION_FAILURE,
    TLSA_INVALID,
    DNSSEC_INVALID,
    DANE_REQUIRED,
    STS_POLICY_FETCH_ERROR,
    STS_POLICY_INVALID,
    STS_WEBPKI_INVALID;

    /** As it stands in a report. */
    public String word() {
      return dashed(this);
    }
  }

  /**
   * Why a session failed.
   *
   * @param sendingMtaIp our address; empty when there was no connection
   * @param receivingMxHostname the MX host; empty for failures of the policy itself
   * @param receivingMxHelo what it called itself; empty when unknown
   * @param receivingIp its address; empty when unknown
   * @param reasonCode a short text, mostly for {@code VALIDATION_FAILURE}
   */
  public record Failure(
      ResultType type,
      String sendingMtaIp,
      String receivingMxHostname,
      String receivingMxHelo,
      String receivingIp,
      String reasonCode) {}

  private static String dashed(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
