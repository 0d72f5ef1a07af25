package org.spillway.deliver.tls;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Why a session, or the road before it, does not keep what was demanded. */
public sealed interface TlsFault {
  /** For people: log, trace and report. */
  String words();

  /** The word of TLS reports (RFC 8460 §4.3). */
  ResultType type();

  /** The result types of RFC 8460 §4.3. */
  enum ResultType {
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

    /** As the report writes it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** The peer does not offer STARTTLS, or refused it. */
  record NotOffered(String words) implements TlsFault {
    @Override
    public ResultType type() {
      return ResultType.STARTTLS_NOT_SUPPORTED;
    }
  }

  /** The handshake failed. */
  record Handshake(String words) implements TlsFault {
    @Override
    public ResultType type() {
      return ResultType.VALIDATION_FAILURE;
    }
  }

  /** The certificate is for others. */
  record Name(Set<String> wanted, List<String> shown) implements TlsFault {
    @Override
    public String words() {
      return "the certificate is for "
          + (shown.isEmpty() ? "nobody" : String.join(", ", shown))
          + ", not for "
          + String.join(" or ", new TreeSet<>(wanted));
    }

    @Override
    public ResultType type() {
      return ResultType.CERTIFICATE_HOST_MISMATCH;
    }
  }

  /** A certificate is past its end, or before its beginning. */
  record Expired(Instant notBefore, Instant notAfter) implements TlsFault {
    @Override
    public String words() {
      return "the certificate is valid from " + notBefore + " to " + notAfter;
    }

    @Override
    public ResultType type() {
      return ResultType.CERTIFICATE_EXPIRED;
    }
  }

  /** No authority that we trust stands behind the certificate. */
  record Untrusted(String words) implements TlsFault {
    @Override
    public ResultType type() {
      return ResultType.CERTIFICATE_NOT_TRUSTED;
    }
  }

  /** No TLSA record matches what the peer showed. */
  record TlsaMismatch(int records) implements TlsFault {
    @Override
    public String words() {
      return "the certificate matches none of " + records + " TLSA records";
    }

    @Override
    public ResultType type() {
      return ResultType.VALIDATION_FAILURE;
    }
  }

  /** All TLSA records are of a kind that mail does not use. */
  record TlsaUnusable(int records) implements TlsFault {
    @Override
    public String words() {
      return "none of " + records + " TLSA records can be used";
    }

    @Override
    public ResultType type() {
      return ResultType.TLSA_INVALID;
    }
  }

  /** The TLSA look-up failed. */
  record DaneLookup(String words) implements TlsFault {
    @Override
    public ResultType type() {
      return ResultType.DNSSEC_INVALID;
    }
  }

  /** The host is not one of the policy's. */
  record StsHost(String host, List<String> patterns) implements TlsFault {
    @Override
    public String words() {
      return "the MTA-STS policy names "
          + String.join(", ", patterns.subList(0, Math.min(patterns.size(), 5)))
          + ", not "
          + host;
    }

    @Override
    public ResultType type() {
      return ResultType.VALIDATION_FAILURE;
    }
  }

  /** The policy cannot be had. */
  record StsFetch(ResultType type, String words) implements TlsFault {}

  /** DANE or an enforced MTA-STS policy is demanded, and the destination has neither. */
  record NoPolicy(String host) implements TlsFault {
    @Override
    public String words() {
      return "dane-or-mta-sts is demanded, and " + host + " has neither";
    }

    @Override
    public ResultType type() {
      return ResultType.DANE_REQUIRED;
    }
  }

  /** REQUIRETLS, and nothing proves that the host is the destination's (RFC 8689 §4.2.1). */
  record UnsafeHost(String host) implements TlsFault {
    @Override
    public String words() {
      return "REQUIRETLS, and neither DNSSEC nor an enforced MTA-STS policy proves the host "
          + host;
    }

    @Override
    public ResultType type() {
      return ResultType.VALIDATION_FAILURE;
    }
  }
}
