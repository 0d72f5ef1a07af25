package org.spillway.deliver.tls;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/** Told of every session with an MX host, once for each policy that speaks of it (RFC 8460 §4). */
@FunctionalInterface
public interface TlsReports {
  /** Keeps nothing. */
  TlsReports NONE = _ -> {};

  /** Takes one row; called by the courier's threads, must not block. */
  void session(Row row);

  /**
   * One session and one policy.
   *
   * @param at when
   * @param domain the recipient domain: the policy-domain of the report
   * @param policy which policy
   * @param host the MX host; empty when none was reached
   * @param address its address, when it was reached
   * @param own our address towards it, when it was reached
   * @param fault empty for a success
   */
  record Row(
      Instant at,
      Domain domain,
      Policy policy,
      Optional<String> host,
      Optional<InetAddress> address,
      Optional<InetAddress> own,
      Optional<TlsFault> fault) {}

  /** The policy-type of a report, with what stands in its policy-string and mx-host. */
  sealed interface Policy {
    /** {@code sts}; no lines when it could not be had. */
    record Sts(List<String> lines, List<String> mx) implements Policy {
      public Sts {
        lines = List.copyOf(lines);
        mx = List.copyOf(mx);
      }
    }

    /** {@code tlsa}. */
    record Tlsa(List<Dns.Tlsa> records) implements Policy {
      public Tlsa {
        records = List.copyOf(records);
      }
    }

    /** {@code no-policy-found}. */
    record NotFound() implements Policy {}
  }
}
