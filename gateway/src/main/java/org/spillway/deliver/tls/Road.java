package org.spillway.deliver.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.spillway.deliver.tls.TlsDecision.Decided;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.AddressLiteral;
import org.spillway.mail.Domain;
import org.spillway.policy.TlsFloor;

/** All that the courier needs to know of a destination's TLS policies, and whom to tell. */
public final class Road {
  private static final int MAX_ALIASES = 8;

  private final Names names;
  private final Function<Domain, StsState> sts;
  private final TlsReports reports;
  private final InstantSource clock;

  private Road(
      Names names, Function<Domain, StsState> sts, TlsReports reports, InstantSource clock) {
    this.names = names;
    this.sts = sts;
    this.reports = reports;
    this.clock = clock;
  }

  /** The questions of DANE. */
  private sealed interface Names {
    Answer<String> cname(String name);

    Answer<Dns.Tlsa> tlsa(String name);
  }

  private record InDns(Dns dns) implements Names {
    @Override
    public Answer<String> cname(String name) {
      return dns.cname(name);
    }

    @Override
    public Answer<Dns.Tlsa> tlsa(String name) {
      return dns.tlsa(name);
    }
  }

  private record Nowhere() implements Names {
    @Override
    public Answer<String> cname(String name) {
      return new Answer.Absent<>(false);
    }

    @Override
    public Answer<Dns.Tlsa> tlsa(String name) {
      return new Answer.Absent<>(false);
    }
  }

  /**
   * With DANE and MTA-STS.
   *
   * @param sts {@link StsPolicies#of}
   */
  public static Road guarded(
      Dns dns, Function<Domain, StsState> sts, TlsReports reports, InstantSource clock) {
    return new Road(new InDns(dns), sts, reports, clock);
  }

  /** With floors only: nobody's policy is looked up, nothing is reported. */
  public static Road plain(InstantSource clock) {
    return new Road(new Nowhere(), _ -> new StsState.None(), TlsReports.NONE, clock);
  }

  /** What MTA-STS says of a destination; it speaks of MX hosts only. */
  public StsState sts(TlsWish wish, Optional<Domain> destination) {
    return wish.heedsPolicies() && destination.isPresent()
        ? sts.apply(destination.get())
        : new StsState.None();
  }

  /**
   * One host, for DANE.
   *
   * @param name the TLSA base domain
   * @param mx true for the host of an MX destination
   * @param secure true when DNSSEC proved all that led to the host and its addresses
   */
  public record Host(String name, int port, boolean mx, boolean secure) {}

  /** What DANE says of a host (RFC 7672 §2.2). */
  public DaneState dane(TlsWish wish, Host host) {
    boolean asked = host.mx() ? wish.heedsPolicies() : wish.floor() == TlsFloor.DANE_OR_MTA_STS;
    if (!asked || AddressLiteral.ip(host.name()).isPresent()) {
      return new DaneState.None("not looked up");
    }
    if (!host.secure()) { // RFC 7672 §2.2.1, §2.2.2: without DNSSEC no TLSA look-up
      return new DaneState.None("MX or address is not signed");
    }
    String name = host.name();
    for (int i = 0; i < MAX_ALIASES; i++) {
      switch (names.cname(name)) {
        case Answer.Failed<String>(String why) -> {
          return new DaneState.Failed("CNAME look-up: " + why);
        }
        case Answer.Found<String>(List<String> targets, boolean _) -> name = targets.getFirst();
        case Answer.Absent<String> _ -> i = MAX_ALIASES;
      }
    }
    DaneState atEnd = tlsa(name, host.port()); // RFC 7672 §2.2.2: the expanded name first
    return atEnd instanceof DaneState.None && !name.equals(host.name())
        ? tlsa(host.name(), host.port())
        : atEnd;
  }

  private DaneState tlsa(String base, int port) {
    return switch (names.tlsa("_" + port + "._tcp." + base)) {
      case Answer.Absent<Dns.Tlsa> _ -> new DaneState.None("no TLSA records");
      case Answer.Failed<Dns.Tlsa>(String why) -> new DaneState.Failed("TLSA look-up: " + why);
      case Answer.Found<Dns.Tlsa>(List<Dns.Tlsa> records, boolean secure) ->
          secure ? judged(records, base) : new DaneState.None("the TLSA records are not signed");
    };
  }

  private static DaneState judged(List<Dns.Tlsa> records, String base) {
    List<Dns.Tlsa> usable = records.stream().filter(TlsaCheck::isUsable).toList();
    return usable.isEmpty() ? new DaneState.Unusable(records) : new DaneState.Usable(usable, base);
  }

  /**
   * One host that mail may go over.
   *
   * @param destination the recipient domain, for MX hosts
   * @param serverName the configured name of the certificate
   * @param secureName true when DNSSEC, the configuration or the sender named the host
   * @param secureAddress true when DNSSEC proved its addresses
   */
  public record Crossing(
      TlsWish wish,
      String host,
      int port,
      Optional<Domain> destination,
      Optional<String> serverName,
      boolean secureName,
      boolean secureAddress) {}

  /** Decides about a host, and reports when it is left. */
  public Decided decide(Crossing to, StsState sts) {
    boolean mx = to.destination().isPresent();
    boolean secure = to.secureName() && to.secureAddress();
    DaneState dane = dane(to.wish(), new Host(to.host(), to.port(), mx, secure));
    Decided decided =
        TlsDecision.decide(
            new TlsDecision.Situation(
                to.wish(),
                to.host(),
                to.destination(),
                to.serverName(),
                to.secureName(),
                sts,
                dane));
    if (decided instanceof Decided.Leave(TlsFault fault, TlsReports.Policy policy) && mx) {
      Domain domain = to.destination().orElseThrow();
      reports.session(
          new TlsReports.Row(
              clock.instant(),
              domain,
              policy,
              Optional.of(to.host()),
              Optional.empty(),
              Optional.empty(),
              Optional.of(fault)));
    }
    return decided;
  }

  /**
   * Who a session was with.
   *
   * @param destination the recipient domain, for MX hosts
   * @param own our address towards it
   */
  public record Peer(
      Optional<Domain> destination, String host, InetAddress address, InetAddress own) {}

  /** Reads the authorities that a site trusts. */
  public interface Trust {
    /** The authorities; throws when their file cannot be read. */
    Authorities authorities() throws IOException;
  }

  /** Judges a session before MAIL, and reports it; what cannot be checked does not hold. */
  public TlsVerdict judge(TlsDemand demand, TlsJudge.Session session, Peer peer, Trust trust) {
    TlsJudge.Judged judged = new TlsJudge(trust, clock.instant()).judge(demand, session);
    if (demand.use() != TlsDemand.Use.NEVER && demand.reported()) {
      peer.destination().ifPresent(d -> judged.rows().forEach(row -> tell(d, peer, row)));
    }
    return judged.verdict();
  }

  private void tell(Domain domain, Peer peer, TlsJudge.Row row) {
    reports.session(
        new TlsReports.Row(
            clock.instant(),
            domain,
            row.policy(),
            Optional.of(peer.host()),
            Optional.of(peer.address()),
            Optional.of(peer.own()),
            row.fault()));
  }
}
