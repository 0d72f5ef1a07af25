package org.spillway.deliver.courier;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.deliver.Courier.Probe;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.Road;
import org.spillway.deliver.tls.StsState;
import org.spillway.deliver.tls.TlsDecision;
import org.spillway.deliver.tls.TlsDemand;
import org.spillway.deliver.tls.TlsFault;
import org.spillway.deliver.tls.TlsWish;
import org.spillway.mail.Reply;
import org.spillway.route.HostPort;
import org.spillway.route.Site;

/**
 * Goes through all that a delivery does, as far as the site allows, and stops before any mail is
 * sent (reference §3.3): TCP, greeting, EHLO, TLS, AUTH, MAIL FROM:&lt;&gt;, RCPT of the canary at
 * sites that we own, RSET, QUIT. Always on a connection of its own.
 */
final class Prober {
  private final SmtpCourier.Parts parts;

  Prober(SmtpCourier.Parts parts) {
    this.parts = parts;
  }

  /** One command of a probe. */
  private record Line(Outcome.Step step, String text) {}

  Probe probe(Site site, String host) {
    HostPort target = hostPort(site, host);
    return switch (parts.peers().addresses(site, target.host())) {
      case Peers.Resolved.Addresses addresses -> probe(site, target, addresses);
      case Peers.Resolved.Ourselves(String why) -> unresolved(target, why);
      case Peers.Resolved.Nowhere(String why) -> unresolved(target, why);
      case Peers.Resolved.NotNow(String why) -> unresolved(target, why);
    };
  }

  private static Probe unresolved(HostPort target, String why) {
    return new Probe.Bad(target.toString(), Outcome.Step.RESOLVE, why);
  }

  private HostPort hostPort(Site site, String host) {
    return site.hosts().stream()
        .filter(known -> known.toString().equals(host) || known.host().equals(host))
        .findFirst()
        .orElseGet(() -> parse(host));
  }

  /** For MX hosts, which no configuration names. */
  private HostPort parse(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > 0 && host.substring(colon + 1).matches("\\d{1,5}");
    String name = port ? host.substring(0, colon) : host;
    return new HostPort(
        name.replaceAll("[\\[\\]]", ""),
        port ? Integer.parseInt(host.substring(colon + 1)) : parts.world().mxPort());
  }

  private Probe probe(Site site, HostPort host, Peers.Resolved.Addresses found) {
    TlsWish wish = TlsWish.of(site.tls().floor());
    Road.Crossing crossing =
        new Road.Crossing(
            wish,
            host.host(),
            host.port(),
            Optional.empty(),
            site.tls().serverName(),
            true,
            found.secure());
    InetAddress address = found.addresses().getFirst();
    Connection.Key key = new Connection.Key(site.name(), host.toString(), Optional.empty(), wish);
    return switch (parts.world().road().decide(crossing, new StsState.None())) {
      case TlsDecision.Decided.Leave(TlsFault fault, _) ->
          new Probe.Bad(host.toString(), Outcome.Step.TLS, fault.words());
      case TlsDecision.Decided.Go(TlsDemand demand) ->
          probe(new Connector.Target(site, host, address, key, 0, demand));
    };
  }

  private Probe probe(Connector.Target target) {
    Site site = target.site();
    return switch (parts.connector().open(target)) {
      case Connector.Opened.Shut(Outcome.Step step, Outcome outcome) ->
          new Probe.Bad(target.hop(), step, outcome.why());
      case Connector.Opened.Ready(Connection connection) -> {
        Probe probe = ask(site, connection);
        connection.quit();
        yield probe;
      }
    };
  }

  private static Probe ask(Site site, Connection connection) {
    for (Line line : lines(site)) {
      try {
        connection.wire().say(line.text());
        Reply reply = connection.wire().hear(site.timeouts().command(), line.step().name());
        if (!reply.isPositive()) {
          return new Probe.Bad(connection.hop(), line.step(), reply.toString());
        }
      } catch (IOException broken) {
        return new Probe.Bad(connection.hop(), line.step(), broken.getMessage());
      }
    }
    return new Probe.Good(connection.hop());
  }

  private static List<Line> lines(Site site) {
    List<Line> lines = new ArrayList<>();
    if (!site.nullSender()) {
      return lines; // it would refuse what is no failure of it
    }
    lines.add(new Line(Outcome.Step.MAIL, "MAIL FROM:<>\r\n"));
    if (site.isOurs() && site.health().canary().isPresent()) {
      String canary = site.health().canary().get().toString();
      lines.add(new Line(Outcome.Step.RCPT, "RCPT TO:<" + canary + ">\r\n"));
    }
    lines.add(new Line(Outcome.Step.MAIL, "RSET\r\n"));
    return lines;
  }
}
