package org.spillway.deliver.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spillway.deliver.tls.TlsDecision.Decided;
import org.spillway.deliver.tls.TlsDecision.Situation;
import org.spillway.deliver.tls.TlsDemand.Proof;
import org.spillway.deliver.tls.TlsDemand.Use;
import org.spillway.deliver.tls.TlsWish.Care;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;
import org.spillway.policy.TlsFloor;

/** Every combination of floor, care, MTA-STS, DANE and where the host's name came from. */
final class TlsDecisionTest {
  private static final String HOST = "mx1.example.net";
  private static final Domain DOMAIN = Domain.parse("example.net").orElseThrow();
  private static final Dns.Tlsa RECORD = new Dns.Tlsa(3, 1, 1, "aa".repeat(32));
  private static final TlsFault FETCH =
      new TlsFault.StsFetch(TlsFault.ResultType.STS_POLICY_FETCH_ERROR, "gone");

  private enum Sts {
    NONE(new StsState.None()),
    OFF(active(StsPolicy.Mode.NONE, HOST)),
    TESTING(active(StsPolicy.Mode.TESTING, HOST)),
    TESTING_OTHER(active(StsPolicy.Mode.TESTING, "other.test")),
    ENFORCE(active(StsPolicy.Mode.ENFORCE, HOST)),
    ENFORCE_OTHER(active(StsPolicy.Mode.ENFORCE, "other.test")),
    BROKEN(new StsState.Broken(FETCH));

    private final StsState state;

    Sts(StsState state) {
      this.state = state;
    }

    private static StsState active(StsPolicy.Mode mode, String mx) {
      return new StsState.Active(
          new StsPolicy(mode, List.of(mx), Duration.ofDays(7), List.of("version: STSv1")));
    }
  }

  private enum Dane {
    NONE(new DaneState.None("")),
    USABLE(new DaneState.Usable(List.of(RECORD), HOST)),
    UNUSABLE(new DaneState.Unusable(List.of(RECORD))),
    FAILED(new DaneState.Failed("SERVFAIL"));

    private final DaneState state;

    Dane(DaneState state) {
      this.state = state;
    }
  }

  private enum From {
    CONFIGURED,
    PLAIN_DNS,
    DNSSEC
  }

  private record Case(TlsFloor floor, Care care, Sts sts, Dane dane, From from) {
    Decided decided() {
      Optional<Domain> destination =
          from == From.CONFIGURED ? Optional.empty() : Optional.of(DOMAIN);
      return TlsDecision.decide(
          new Situation(
              new TlsWish(floor, care),
              HOST,
              destination,
              Optional.empty(),
              from != From.PLAIN_DNS,
              sts.state,
              dane.state));
    }

    boolean heeds() {
      boolean off = floor == TlsFloor.NONE && care != Care.REQUIRED;
      return !off && (care != Care.OPTIONAL || floor == TlsFloor.DANE_OR_MTA_STS);
    }

    boolean covered() {
      return heeds() && (dane == Dane.USABLE || sts == Sts.ENFORCE);
    }

    /** What the design and the RFCs say, written down a second time. */
    String expected() {
      if (heeds() && dane == Dane.FAILED) {
        return "leave DaneLookup";
      }
      if (heeds() && sts == Sts.ENFORCE_OTHER) {
        return "leave StsHost";
      }
      if (floor == TlsFloor.DANE_OR_MTA_STS && !covered()) {
        return "leave NoPolicy";
      }
      boolean proved = from != From.PLAIN_DNS || heeds() && sts == Sts.ENFORCE;
      if (care == Care.REQUIRED && !proved) {
        return "leave UnsafeHost";
      }
      return use() + binding();
    }

    private String use() {
      boolean must = covered() || heeds() && dane == Dane.UNUSABLE;
      if (care == Care.REQUIRED || floor.compareTo(TlsFloor.ENCRYPT) >= 0) {
        return "ALWAYS";
      }
      return floor == TlsFloor.NONE ? "NEVER" : must ? "ALWAYS" : "WHEN_OFFERED";
    }

    private String binding() {
      String dane = heeds() && this.dane == Dane.USABLE ? " dane" : "";
      String sts = heeds() && this.sts == Sts.ENFORCE ? " chain[" + HOST + "]" : "";
      if (covered()) {
        return dane + sts;
      }
      boolean verify = floor == TlsFloor.VERIFY || care == Care.REQUIRED;
      if (!verify && floor != TlsFloor.VERIFY_MX) {
        return "";
      }
      return switch (from) {
        case CONFIGURED -> " chain[" + HOST + "]";
        case DNSSEC -> " chain[" + DOMAIN + ", " + HOST + "]";
        case PLAIN_DNS ->
            verify && floor != TlsFloor.DANE_OR_MTA_STS
                ? " chain[" + DOMAIN + "]"
                : " chain[" + DOMAIN + ", " + HOST + "]";
      };
    }

    String found() {
      return switch (decided()) {
        case Decided.Leave(TlsFault fault, _) -> "leave " + fault.getClass().getSimpleName();
        case Decided.Go(TlsDemand demand) -> demand.use() + binding(demand);
      };
    }

    private static String binding(TlsDemand demand) {
      StringBuilder text = new StringBuilder();
      for (TlsDemand.Term term : demand.terms()) {
        if (term.binding()) {
          text.append(
              switch (term.proof()) {
                case Proof.Dane _ -> " dane";
                case Proof.Chain(Set<String> names) -> " chain" + new java.util.TreeSet<>(names);
                case Proof.Never _ -> " never";
              });
        }
      }
      return text.toString();
    }
  }

  private static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (TlsFloor floor : TlsFloor.values()) {
      for (Care care : Care.values()) {
        for (Sts sts : Sts.values()) {
          for (Dane dane : Dane.values()) {
            for (From from : From.values()) {
              all.add(new Case(floor, care, sts, dane, from));
            }
          }
        }
      }
    }
    return all;
  }

  @Test
  void everyCombination() {
    assertThat(all()).hasSize(6 * 4 * 7 * 4 * 3);
    for (Case each : all()) {
      assertThat(each.found()).as(each.toString()).isEqualTo(each.expected());
    }
  }

  @Test
  void nothingIsWeakerThanTheFloor() {
    for (Case each : all()) {
      if (each.decided() instanceof Decided.Go(TlsDemand demand)) {
        boolean proof = demand.terms().stream().anyMatch(TlsDemand.Term::binding);
        if (each.floor.compareTo(TlsFloor.ENCRYPT) >= 0) {
          assertThat(demand.use()).isEqualTo(Use.ALWAYS);
        }
        if (each.floor.compareTo(TlsFloor.VERIFY_MX) >= 0 || each.care == Care.REQUIRED) {
          assertThat(proof).as(each.toString()).isTrue();
        }
        assertThat(demand.requireTls()).isEqualTo(each.care == Care.REQUIRED);
      }
    }
  }

  @Test
  void whatIsOnlyWatchedBindsNobody() {
    Case testing =
        new Case(TlsFloor.OPPORTUNISTIC, Care.USUAL, Sts.TESTING, Dane.NONE, From.DNSSEC);
    TlsDemand demand = ((Decided.Go) testing.decided()).demand();
    assertThat(demand.use()).isEqualTo(Use.WHEN_OFFERED);
    assertThat(demand.terms()).hasSize(1).noneMatch(TlsDemand.Term::binding);
    assertThat(demand.terms().getFirst().proof()).isEqualTo(new Proof.Chain(Set.of(HOST)));
  }

  @Test
  void aConfiguredNameStandsAlone() {
    Situation situation =
        new Situation(
            TlsWish.of(TlsFloor.VERIFY),
            "192.0.2.1",
            Optional.empty(),
            Optional.of("relay.test"),
            true,
            new StsState.None(),
            new DaneState.None(""));
    TlsDemand demand = ((Decided.Go) TlsDecision.decide(situation)).demand();
    assertThat(demand.terms().getFirst().proof()).isEqualTo(new Proof.Chain(Set.of("relay.test")));
  }
}
