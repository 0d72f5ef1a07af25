package org.spillway.deliver.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.deliver.tls.TlsDemand.Proof;
import org.spillway.deliver.tls.TlsDemand.Term;
import org.spillway.deliver.tls.TlsReports.Policy;

/** Holds a session against its demand. Pure: certificates in, verdict and report rows out. */
public final class TlsJudge {
  private static final String OWN_FLOOR = "TLS is required";

  private final Road.Trust trust;
  private final Instant at;

  /**
   * A judge for one session.
   *
   * @param trust whom we trust, read when a chain is to be looked at
   * @param at now
   */
  public TlsJudge(Road.Trust trust, Instant at) {
    this.trust = trust;
    this.at = at;
  }

  /** How far a session came. */
  public sealed interface Session {
    /** In clear text, and why. */
    record Clear(TlsFault why) implements Session {}

    /** With TLS; what the peer showed, its own certificate first. */
    record Secured(List<X509Certificate> chain) implements Session {
      public Secured {
        chain = List.copyOf(chain);
      }
    }
  }

  /**
   * What came of it.
   *
   * @param verdict what the session is worth
   * @param rows one for each policy that spoke; one for none when none did
   */
  public record Judged(TlsVerdict verdict, List<Row> rows) {
    public Judged {
      rows = List.copyOf(rows);
    }
  }

  /** What a report says of one policy. */
  public record Row(Policy policy, Optional<TlsFault> fault) {}

  /** Judges. */
  public Judged judge(TlsDemand demand, Session session) {
    List<Row> rows = new ArrayList<>();
    List<Term> held = new ArrayList<>();
    Optional<TlsVerdict> unmet = floorFault(demand, session);
    Optional<TlsFault> plain = clearFault(session);
    for (Term term : demand.terms()) {
      Optional<TlsFault> fault = fault(term.proof(), session);
      boolean own = term.policy() instanceof Policy.NotFound;
      if (fault.isEmpty()) {
        held.add(term);
      } else if (term.binding()) {
        unmet = unmet.or(() -> Optional.of(new TlsVerdict.Unmet(fault.get(), asker(term))));
        plain = own ? plain.or(() -> fault) : plain;
      }
      if (!own) {
        rows.add(new Row(term.policy(), fault));
      }
    }
    if (rows.isEmpty()) {
      rows.add(new Row(new Policy.NotFound(), plain));
    }
    return new Judged(unmet.orElseGet(() -> met(demand, held)), rows);
  }

  private static String asker(Term term) {
    return term.policy() instanceof Policy.NotFound ? OWN_FLOOR : words(term);
  }

  private static TlsVerdict met(TlsDemand demand, List<Term> held) {
    Optional<String> by = held.stream().map(TlsJudge::words).findFirst();
    return new TlsVerdict.Met(by, demand.provedHost() && by.isPresent());
  }

  private static String words(Term term) {
    return switch (term.policy()) {
      case Policy.Sts _ -> "MTA-STS";
      case Policy.Tlsa _ -> "DANE";
      case Policy.NotFound _ -> "certificate";
    };
  }

  private static Optional<TlsVerdict> floorFault(TlsDemand demand, Session session) {
    Optional<TlsFault> clear =
        demand.use() == TlsDemand.Use.ALWAYS ? clearFault(session) : Optional.empty();
    String asker =
        demand.terms().stream()
            .filter(Term::binding)
            .map(TlsJudge::asker)
            .findFirst()
            .orElse(OWN_FLOOR);
    return clear.map(fault -> new TlsVerdict.Unmet(fault, asker));
  }

  private static Optional<TlsFault> clearFault(Session session) {
    return session instanceof Session.Clear(TlsFault why) ? Optional.of(why) : Optional.empty();
  }

  private Optional<TlsFault> fault(Proof proof, Session session) {
    return switch (session) {
      case Session.Clear(TlsFault why) ->
          Optional.of(proof instanceof Proof.Never(TlsFault known) ? known : why);
      case Session.Secured(List<X509Certificate> chain) ->
          switch (proof) {
            case Proof.Never(TlsFault known) -> Optional.of(known);
            case Proof.Chain(var names) ->
                untrusted(chain).or(() -> CertificateNames.objection(chain.getFirst(), names));
            case Proof.Dane dane -> TlsaCheck.objection(dane, chain, at);
          };
    };
  }

  private Optional<TlsFault> untrusted(List<X509Certificate> chain) {
    try {
      return trust.authorities().objection(chain, at);
    } catch (IOException unreadable) {
      return Optional.of(new TlsFault.Untrusted(unreadable.toString()));
    }
  }
}
