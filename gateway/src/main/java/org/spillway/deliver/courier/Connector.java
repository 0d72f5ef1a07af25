package org.spillway.deliver.courier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Domain;
import org.spillway.mail.Reply;
import org.spillway.policy.TlsFloor;
import org.spillway.route.HostPort;
import org.spillway.route.Site;
import org.spillway.smtp.client.Opening;
import org.spillway.smtp.client.Phase;
import org.spillway.smtp.client.Want;

/** Makes connections: TCP, greeting, EHLO, TLS as the floor demands, AUTH. */
final class Connector {
  private final String nodeName;
  private final ReplyRules rules;
  private final Watchdog watchdog;
  private final PeerTls tls;

  Connector(String nodeName, ReplyRules rules, Watchdog watchdog, PeerTls tls) {
    this.nodeName = nodeName;
    this.rules = rules;
    this.watchdog = watchdog;
    this.tls = tls;
  }

  /**
   * Where to, and how.
   *
   * @param site whose host it is
   * @param host which host
   * @param address one address of it
   * @param key what the connection is kept by
   * @param epoch of the site in the pool
   * @param secureName true when DNSSEC proved that the host is the destination's
   */
  record Target(
      Site site,
      HostPort host,
      InetAddress address,
      Connection.Key key,
      long epoch,
      boolean secureName) {
    String hop() {
      return host + " [" + address.getHostAddress() + "]";
    }
  }

  /** What came of it. */
  sealed interface Opened {
    /** Ready for a transaction. */
    record Ready(Connection connection) implements Opened {}

    /** Of no use: how far it came, and what that means for each recipient. */
    record Shut(Outcome.Step step, Outcome outcome) implements Opened {}
  }

  /** Opens one; never throws for what a peer does. */
  Opened open(Target target) {
    Opened first = open(target, true);
    boolean handshakeFailed = first instanceof Opened.Shut(Outcome.Step step, _) && isTls(step);
    boolean clearIsFine =
        target.key().floor() == TlsFloor.OPPORTUNISTIC && !target.site().tls().implicit();
    return handshakeFailed && clearIsFine ? open(target, false) : first;
  }

  private static boolean isTls(Outcome.Step step) {
    return step == Outcome.Step.TLS || step == Outcome.Step.STARTTLS;
  }

  private Opened open(Target target, boolean withTls) {
    Progress at = new Progress();
    Socket socket = new Socket();
    Wire wire = null;
    try {
      target.site().sourceAddress().ifPresent(own -> bind(socket, own));
      int limit = Math.toIntExact(target.site().timeouts().connect().toMillis());
      socket.connect(new InetSocketAddress(target.address(), target.host().port()), limit);
      socket.setTcpNoDelay(true);
      wire = new Wire(socket, watchdog, target.site().timeouts().block());
      Opened opened = greet(target, wire, withTls, at);
      if (opened instanceof Opened.Shut) {
        wire.close();
      }
      return opened;
    } catch (IOException | RuntimeException failed) {
      close(socket, wire);
      return shut(target, at.step, words(failed));
    }
  }

  private static void bind(Socket socket, InetAddress own) {
    try {
      socket.bind(new InetSocketAddress(own, 0));
    } catch (IOException notOurs) {
      throw new IllegalStateException("source address " + own.getHostAddress(), notOurs);
    }
  }

  private static void close(Socket socket, Wire wire) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      return;
    } finally {
      if (wire != null) {
        wire.close();
      }
    }
  }

  private static String words(Exception failed) {
    String message = failed.getMessage();
    return message == null ? failed.getClass().getSimpleName() : message;
  }

  private static Opened shut(Target target, Outcome.Step step, String why) {
    return new Opened.Shut(step, new Outcome.Unreachable(target.hop(), step, why));
  }

  /** How far a connection came. */
  private static final class Progress {
    private Outcome.Step step = Outcome.Step.CONNECT;
  }

  private Opened greet(Target target, Wire wire, boolean withTls, Progress at) throws IOException {
    Site site = target.site();
    if (site.tls().implicit()) { // RFC 8314 §3
      at.step = Outcome.Step.TLS;
      secure(target, wire);
    }
    Opening opening = new Opening(plan(target, withTls));
    while (true) {
      switch (opening.next()) {
        case Want.Say(String text) -> wire.say(text);
        case Want.Hear(Phase phase) -> {
          at.step = Outcome.Step.valueOf(phase.name());
          var limit =
              phase == Phase.GREETING ? site.timeouts().greeting() : site.timeouts().command();
          opening.take(wire.hear(limit, phase.name()));
        }
        case Want.Secure _ -> {
          at.step = Outcome.Step.TLS;
          secure(target, wire);
          opening.secured();
        }
        case Want.Content _ -> throw new IllegalStateException();
        case Want.Ended _ -> {
          return ended(target, wire, opening);
        }
      }
    }
  }

  private Opened ended(Target target, Wire wire, Opening opening) {
    if (opening.refusal().isEmpty()) {
      return new Opened.Ready(
          new Connection(
              target.key(),
              target.site(),
              target.hop(),
              wire,
              opening.capabilities(),
              target.epoch()));
    }
    Opening.Refusal refusal = opening.refusal().get();
    Outcome.Step step = Outcome.Step.valueOf(refusal.phase().name());
    if (refusal.ours() && step == Outcome.Step.STARTTLS) {
      return shut(target, step, refusal.reply().text());
    }
    return new Opened.Shut(step, judge(target, step, refusal.reply()));
  }

  private Outcome judge(Target target, Outcome.Step step, Reply reply) {
    Ruling ruling = rules.judge(new ReplyRules.Context(target.site().kind(), false, step), reply);
    return new Ruling(false, ruling.effect(), ruling.status()).outcome(target.hop(), reply);
  }

  private void secure(Target target, Wire wire) throws IOException {
    Socket bare = wire.bare();
    PeerTls.Demand demand = demand(target);
    wire.switchTo(
        wire.within(
            target.site().timeouts().connect(), "TLS handshake", () -> tls.secure(bare, demand)));
  }

  private static PeerTls.Demand demand(Target target) {
    Site site = target.site();
    String host = target.host().host();
    Optional<String> name =
        switch (target.key().floor()) {
          case NONE, OPPORTUNISTIC, ENCRYPT -> Optional.empty();
          case VERIFY_MX -> Optional.of(site.tls().serverName().orElse(host));
          case VERIFY, DANE_OR_MTA_STS ->
              Optional.of(site.tls().serverName().orElse(trustedName(target)));
        };
    return new PeerTls.Demand(host, name, site.tls().caFile());
  }

  /** A name that no attacker can choose: configured, proved by DNSSEC, or the domain itself. */
  private static String trustedName(Target target) {
    boolean proved = target.key().destination().isEmpty() || target.secureName();
    return proved
        ? target.host().host()
        : target.key().destination().map(Domain::name).orElseThrow();
  }

  private Opening.Plan plan(Target target, boolean withTls) {
    Site site = target.site();
    TlsFloor floor = target.key().floor();
    boolean implicit = site.tls().implicit();
    Opening.StartTls startTls =
        implicit || !withTls || floor == TlsFloor.NONE
            ? Opening.StartTls.NEVER
            : floor == TlsFloor.OPPORTUNISTIC
                ? Opening.StartTls.WHEN_OFFERED
                : Opening.StartTls.ALWAYS;
    Optional<Opening.Login> login =
        site.login().map(l -> new Opening.Login(l.user(), l.password(), floor == TlsFloor.NONE));
    String helo = site.helo().orElse(nodeName);
    return new Opening.Plan(site.kind() == Site.Kind.LMTP, helo, startTls, implicit, login);
  }
}
