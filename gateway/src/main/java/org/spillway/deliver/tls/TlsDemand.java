package org.spillway.deliver.tls;

import java.util.List;
import java.util.Set;
import org.spillway.dns.Dns;

/**
 * What one session with one host must keep before MAIL is said.
 *
 * @param use whether TLS is begun
 * @param serverName sent as SNI where it is a name (RFC 7672 §8.1, RFC 8461 §4.3)
 * @param terms what is looked at; only binding ones stop the mail
 * @param requireTls true when the peer must offer REQUIRETLS
 * @param provedHost true when no attacker can have chosen the host
 * @param reported false when the sender waived the policies, so that nothing was measured
 */
public record TlsDemand(
    Use use,
    String serverName,
    List<Term> terms,
    boolean requireTls,
    boolean provedHost,
    boolean reported) {
  public TlsDemand {
    terms = List.copyOf(terms);
  }

  /** When TLS is begun. */
  public enum Use {
    NEVER,
    WHEN_OFFERED,
    ALWAYS
  }

  /**
   * One policy and what it asks for.
   *
   * @param policy whose term it is, for the report
   * @param proof what must be shown
   * @param binding false to look and report only
   */
  public record Term(TlsReports.Policy policy, Proof proof, boolean binding) {}

  /** What a peer can be asked to show. */
  public sealed interface Proof {
    /** A chain to a trusted authority, and one of these names. */
    record Chain(Set<String> names) implements Proof {
      public Chain {
        names = Set.copyOf(names);
      }
    }

    /** One of these records; the names count for usage 2 only (RFC 7672 §3.1). */
    record Dane(List<Dns.Tlsa> records, Set<String> names) implements Proof {
      public Dane {
        records = List.copyOf(records);
        names = Set.copyOf(names);
      }
    }

    /** It was clear beforehand that this cannot be kept. */
    record Never(TlsFault fault) implements Proof {}
  }
}
