package org.spillway.deliver.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.deliver.tls.TlsDemand.Proof;
import org.spillway.deliver.tls.TlsDemand.Term;
import org.spillway.deliver.tls.TlsDemand.Use;
import org.spillway.deliver.tls.TlsReports.Policy;
import org.spillway.mail.Domain;
import org.spillway.policy.TlsFloor;

/**
 * What must hold on one hop, decided before a connection is made. Where DANE and an enforced
 * MTA-STS policy both speak, both must be kept: neither RFC lets the one excuse the other (RFC 8461
 * §2). Either of them satisfies every floor.
 *
 * <pre>
 *  floor            TLS           who must be there, when neither DANE nor MTA-STS says
 *  none             never         anybody
 *  opportunistic    when offered  anybody
 *  encrypt          always        anybody
 *  verify-mx        always        chain, and the MX host's name
 *  verify           always        chain, and a name that no attacker chose
 *  dane-or-mta-sts  always        nobody: the host is not used
 * </pre>
 */
public final class TlsDecision {
  private TlsDecision() {}

  /**
   * All that is known of a hop.
   *
   * @param wish what the message asks
   * @param host the host's name or address
   * @param destination the recipient domain, for MX hosts
   * @param serverName the configured name of the certificate
   * @param secureName true when DNSSEC proved that the host is the destination's, or when it is the
   *     destination itself
   * @param sts what MTA-STS says
   * @param dane what DANE says
   */
  public record Situation(
      TlsWish wish,
      String host,
      Optional<Domain> destination,
      Optional<String> serverName,
      boolean secureName,
      StsState sts,
      DaneState dane) {}

  /** What to do with the host. */
  public sealed interface Decided {
    /** Connect, and see to this. */
    record Go(TlsDemand demand) implements Decided {}

    /** Leave it; whose word that is, for the report. */
    record Leave(TlsFault fault, Policy policy) implements Decided {}
  }

  /** Decides. */
  public static Decided decide(Situation s) {
    boolean heed = s.wish().heedsPolicies();
    if (heed && s.dane() instanceof DaneState.Failed(String why)) { // RFC 7672 §2.1.2
      return new Decided.Leave(new TlsFault.DaneLookup(why), new Policy.Tlsa(List.of()));
    }
    Optional<StsPolicy> enforced = policy(s).filter(p -> p.mode() == StsPolicy.Mode.ENFORCE);
    if (heed && enforced.isPresent() && !enforced.get().matches(s.host())) { // RFC 8461 §5
      StsPolicy policy = enforced.get();
      return new Decided.Leave(new TlsFault.StsHost(s.host(), policy.mx()), sts(policy));
    }
    boolean covered = heed && (enforced.isPresent() || s.dane() instanceof DaneState.Usable);
    if (s.wish().floor() == TlsFloor.DANE_OR_MTA_STS && !covered) {
      return new Decided.Leave(new TlsFault.NoPolicy(s.host()), new Policy.NotFound());
    }
    boolean proved = s.destination().isEmpty() || s.secureName() || heed && enforced.isPresent();
    boolean required = s.wish().care() == TlsWish.Care.REQUIRED;
    if (required && !proved) {
      return new Decided.Leave(new TlsFault.UnsafeHost(s.host()), new Policy.NotFound());
    }
    return new Decided.Go(
        new TlsDemand(use(s, covered), serverName(s), terms(s, covered), required, proved, heed));
  }

  private static Optional<StsPolicy> policy(Situation s) {
    return s.sts() instanceof StsState.Active(StsPolicy policy)
        ? Optional.of(policy)
        : Optional.empty();
  }

  private static Policy sts(StsPolicy policy) {
    return new Policy.Sts(policy.lines(), policy.mx());
  }

  private static String serverName(Situation s) {
    return s.dane() instanceof DaneState.Usable(_, String base) ? base : s.host();
  }

  private static Use use(Situation s, boolean covered) {
    return switch (s.wish().floor()) {
      case NONE -> Use.NEVER;
      case OPPORTUNISTIC -> {
        boolean daneAsks = s.wish().heedsPolicies() && s.dane() instanceof DaneState.Unusable;
        yield covered || daneAsks ? Use.ALWAYS : Use.WHEN_OFFERED; // RFC 7672 §2.2
      }
      case ENCRYPT, VERIFY_MX, VERIFY, DANE_OR_MTA_STS -> Use.ALWAYS;
    };
  }

  private static List<Term> terms(Situation s, boolean covered) {
    List<Term> terms = new ArrayList<>();
    if (s.wish().heedsPolicies()) {
      dane(s).ifPresent(terms::add);
      sts(s).ifPresent(terms::add);
    }
    if (!covered) {
      names(s).ifPresent(names -> terms.add(own(names, true)));
      boolean curious = s.wish().care() == TlsWish.Care.PREFERRED && names(s).isEmpty();
      if (curious && s.wish().floor() != TlsFloor.NONE) {
        terms.add(own(trustedNames(s), false));
      }
    }
    return terms;
  }

  private static Term own(Set<String> names, boolean binding) {
    return new Term(new Policy.NotFound(), new Proof.Chain(names), binding);
  }

  private static Optional<Term> dane(Situation s) {
    return switch (s.dane()) {
      case DaneState.None _ -> Optional.empty();
      case DaneState.Usable(var records, String base) ->
          Optional.of(
              new Term(
                  new Policy.Tlsa(records), new Proof.Dane(records, daneNames(s, base)), true));
      case DaneState.Unusable(var records) ->
          Optional.of(
              new Term(
                  new Policy.Tlsa(records),
                  new Proof.Never(new TlsFault.TlsaUnusable(records.size())),
                  false));
      case DaneState.Failed(String why) ->
          Optional.of(
              new Term(
                  new Policy.Tlsa(List.of()),
                  new Proof.Never(new TlsFault.DaneLookup(why)),
                  false));
    };
  }

  /** RFC 7672 §3.2.2: the TLSA base domain, and the next-hop domain where MX was secure. */
  private static Set<String> daneNames(Situation s, String base) {
    Set<String> names = new java.util.TreeSet<>(s.secureName() ? both(s) : Set.of(s.host()));
    names.add(base);
    return names;
  }

  private static Set<String> both(Situation s) {
    Set<String> names = new java.util.TreeSet<>();
    names.add(s.host());
    s.destination().map(Domain::name).ifPresent(names::add);
    return names;
  }

  private static Optional<Term> sts(Situation s) {
    return switch (s.sts()) {
      case StsState.None _ -> Optional.empty();
      case StsState.Broken(TlsFault fault) ->
          Optional.of(
              new Term(new Policy.Sts(List.of(), List.of()), new Proof.Never(fault), false));
      case StsState.Active(StsPolicy policy) ->
          switch (policy.mode()) {
            case NONE -> Optional.empty();
            case TESTING, ENFORCE -> Optional.of(sts(s, policy));
          };
    };
  }

  private static Term sts(Situation s, StsPolicy policy) {
    Proof proof =
        policy.matches(s.host())
            ? new Proof.Chain(Set.of(s.host())) // RFC 8461 §4.2
            : new Proof.Never(new TlsFault.StsHost(s.host(), policy.mx()));
    return new Term(sts(policy), proof, policy.mode() == StsPolicy.Mode.ENFORCE);
  }

  /** The names that the floor itself asks for; empty when it does not ask who is there. */
  private static Optional<Set<String>> names(Situation s) {
    return switch (s.wish().floor()) {
      case NONE, OPPORTUNISTIC, ENCRYPT, DANE_OR_MTA_STS -> Optional.empty();
      case VERIFY_MX -> Optional.of(s.serverName().map(Set::of).orElseGet(() -> both(s)));
      case VERIFY -> Optional.of(trustedNames(s));
    };
  }

  /** Names that no attacker can choose: configured, proved by DNSSEC, or the domain itself. */
  private static Set<String> trustedNames(Situation s) {
    if (s.serverName().isPresent()) {
      return Set.of(s.serverName().get());
    }
    return s.destination().isEmpty() || s.secureName()
        ? both(s)
        : Set.of(s.destination().get().name());
  }
}
