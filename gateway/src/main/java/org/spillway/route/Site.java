package org.spillway.route;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.Secret;
import org.spillway.policy.TlsFloor;

/**
 * A mail system that we deliver to.
 *
 * @param name its name everywhere
 * @param kind what it is
 * @param hosts in order of preference; empty for {@link Kind#MX}
 * @param balance how hosts are chosen
 * @param tls how its connections are secured
 * @param login credentials, when it wants AUTH
 * @param region where it lies, for example {@code eu}; empty when not said
 * @param agreements names of the agreements in force with its operator
 * @param directions what it may carry
 * @param hostsDomains domains of ours that it hosts: inbound mail may come here
 * @param allowedFrom sender domains it may send for; empty means any
 * @param nullSender false when it refuses {@code MAIL FROM:<>}
 * @param sourceAddress local address to connect from
 * @param helo our name there; the node's name when empty
 * @param preferIpv4 try IPv4 before IPv6
 * @param limits what it takes
 * @param timeouts of the client side
 * @param health when it is down and when it is back
 */
public record Site(
    SiteName name,
    Kind kind,
    List<HostPort> hosts,
    Balance balance,
    Tls tls,
    Optional<Login> login,
    Optional<String> region,
    Set<String> agreements,
    Set<Direction> directions,
    Set<Domain> hostsDomains,
    Set<Domain> allowedFrom,
    boolean nullSender,
    Optional<InetAddress> sourceAddress,
    Optional<String> helo,
    boolean preferIpv4,
    SiteLimits limits,
    ClientTimeouts timeouts,
    HealthSettings health) {
  public Site {
    hosts = List.copyOf(hosts);
    agreements = Set.copyOf(agreements);
    directions = Set.copyOf(directions);
    hostsDomains = Set.copyOf(hostsDomains);
    allowedFrom = Set.copyOf(allowedFrom);
  }

  /** What kind of mail system it is. */
  public enum Kind {
    /** A pool of mail servers of our own, spoken to by SMTP. */
    SMTP,
    /** A mail store of our own, spoken to by LMTP (RFC 2033). */
    LMTP,
    /** A cloud relay: TLS and usually AUTH; its 250 is Relayed, not Delivered. */
    RELAY,
    /** Direct to the recipient domain's MX hosts (RFC 5321 §5). */
    MX
  }

  /** How the next host of a pool is chosen. */
  public enum Balance {
    /** The first that is up. */
    ORDERED,
    /** In turn. */
    BALANCED,
    /** The one with the fewest busy connections. */
    LEAST_BUSY
  }

  /**
   * TLS towards a site.
   *
   * @param floor the least safe level that this site is used with
   * @param implicit true for TLS from the first byte (RFC 8314 §3), false for STARTTLS
   * @param caFile PEM file of the authorities to trust instead of the system's
   * @param serverName name that the certificate must carry, when not the host's
   * @param identity our certificate for a peer that asks for one
   * @param least the oldest version that is spoken
   */
  public record Tls(
      TlsFloor floor,
      boolean implicit,
      Optional<Path> caFile,
      Optional<String> serverName,
      Optional<Identity> identity,
      Version least) {
    /** Without a certificate of ours, from TLS 1.2 on. */
    public Tls(
        TlsFloor floor, boolean implicit, Optional<Path> caFile, Optional<String> serverName) {
      this(floor, implicit, caFile, serverName, Optional.empty(), Version.TLS_1_2);
    }

    /** The versions that may be spoken (RFC 8996). */
    public enum Version {
      TLS_1_2,
      TLS_1_3
    }
  }

  /**
   * A certificate of ours as client.
   *
   * @param certificate PEM chain, ours first
   * @param key PEM private key (PKCS#8)
   */
  public record Identity(Path certificate, Path key) {}

  /**
   * AUTH credentials (RFC 4954).
   *
   * @param user the user's name
   * @param password never shown
   */
  public record Login(String user, Secret password) {}

  /**
   * How long the client side waits (RFC 5321 §4.5.3.2).
   *
   * @param connect TCP and TLS
   * @param greeting the 220
   * @param command EHLO, AUTH, MAIL, RCPT, RSET, QUIT
   * @param data the 354
   * @param block between two blocks of content that the peer takes
   * @param finalDot the reply to the final dot
   * @param idle how long an unused connection is kept
   */
  public record ClientTimeouts(
      Duration connect,
      Duration greeting,
      Duration command,
      Duration data,
      Duration block,
      Duration finalDot,
      Duration idle) {
    /** RFC 5321 §4.5.3.2, with 30 s to connect and 5 s idle. */
    public static final ClientTimeouts DEFAULT =
        new ClientTimeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5));
  }

  /** True when its 250 only says that somebody else goes on. */
  public boolean isRelay() {
    return kind == Kind.RELAY || kind == Kind.MX;
  }

  /** True when it is ours, so that probes may go as deep as RCPT. */
  public boolean isOurs() {
    return kind == Kind.SMTP || kind == Kind.LMTP;
  }
}
