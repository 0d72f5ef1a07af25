package org.spillway.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spillway.admit.AdmissionSettings;
import org.spillway.deliver.RetrySettings;
import org.spillway.dns.DnsSettings;
import org.spillway.dns.TrustAnchors;
import org.spillway.mail.Address;
import org.spillway.route.RouteTable;
import org.spillway.route.Site;
import org.spillway.route.SiteName;
import org.spillway.smtp.mina.ListenerSettings;
import org.spillway.smtp.mina.TlsFiles;
import org.spillway.smtp.server.SessionLimits;
import org.spillway.spool.SpoolSettings;
import org.spillway.store.DatabaseSettings;

/**
 * One whole configuration.
 *
 * @param node who this node is
 * @param listeners sockets for mail
 * @param tls our certificate, when any listener uses TLS
 * @param accounts file of users that may submit, one {@code name:hash} a line
 * @param admission what may come in
 * @param sites by name
 * @param routes which sites carry what
 * @param limits of sessions
 * @param retry of deliveries
 * @param replies an operator's own reply rules, tried before the built-in ones
 * @param spool where mail is kept
 * @param database where traces are kept
 * @param logging how log lines look
 * @param reports who we are in reports to other domains; none are sent when empty
 */
public record Settings(
    Node node,
    List<ListenerSettings> listeners,
    Optional<TlsFiles> tls,
    Optional<Path> accounts,
    AdmissionSettings admission,
    Map<SiteName, Site> sites,
    RouteTable routes,
    SessionLimits limits,
    RetrySettings retry,
    Optional<Path> replies,
    SpoolSettings spool,
    DatabaseSettings database,
    Logging logging,
    Optional<Reports> reports) {
  public Settings {
    listeners = List.copyOf(listeners);
    sites = Map.copyOf(sites);
  }

  /**
   * What proves an answer of the DNS.
   *
   * @param validation who does the proving
   * @param trusted resolvers whose word counts; those on this host when empty
   * @param anchors where proofs of our own start
   */
  public record Dnssec(
      DnsSettings.Validation validation, List<String> trusted, TrustAnchors anchors) {
    /** Nothing is proved. */
    public static final Dnssec OFF =
        new Dnssec(DnsSettings.Validation.OFF, List.of(), TrustAnchors.ROOT);
  }

  /**
   * Who we are in the reports that we send.
   *
   * @param from their sender
   * @param organization our name for people
   */
  public record Reports(Address from, String organization) {}

  /**
   * Who this node is.
   *
   * @param name its host name in greeting, EHLO and Received
   * @param dataDirectory where everything it writes lives
   * @param postmaster where mail about the node goes
   * @param dnsServers resolvers as address or address:port; the system's when empty
   * @param dnssec what proves their answers
   * @param httpAddress where metrics and health are served
   * @param httpPort 0 picks a free one
   */
  public record Node(
      String name,
      Path dataDirectory,
      Optional<Address> postmaster,
      List<String> dnsServers,
      Dnssec dnssec,
      InetAddress httpAddress,
      int httpPort) {}

  /**
   * How log lines look.
   *
   * @param format text or JSON
   * @param level {@code error}, {@code warn}, {@code info}, {@code debug}
   */
  public record Logging(Format format, String level) {
    /** The form of a log line. */
    public enum Format {
      TEXT,
      JSON
    }
  }
}
