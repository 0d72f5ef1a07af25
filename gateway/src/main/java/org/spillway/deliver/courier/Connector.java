package org.spillway.deliver.courier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.Authorities;
import org.spillway.deliver.tls.Road;
import org.spillway.deliver.tls.TlsDemand;
import org.spillway.deliver.tls.TlsFault;
import org.spillway.deliver.tls.TlsJudge.Session;
import org.spillway.deliver.tls.TlsVerdict;
import org.spillway.mail.Reply;
import org.spillway.policy.TlsFloor;
import org.spillway.route.HostPort;
import org.spillway.route.Site;
import org.spillway.smtp.Capability;
import org.spillway.smtp.client.Opening;
import org.spillway.smtp.client.Phase;
import org.spillway.smtp.client.Want;

/**
 * Makes connections: TCP, greeting, EHLO, TLS as demanded, AUTH. What the demand asks for was seen
 * before the connection is handed out, so before MAIL.
 */
final class Connector {
  private final String nodeName;
  private final ReplyRules rules;
  private final Watchdog watchdog;
  private final PeerTls tls;
  private final Road road;

  Connector(CourierWorld world, Watchdog watchdog, PeerTls tls) {
    this.nodeName = world.nodeName();
    this.rules = world.rules();
    this.watchdog = watchdog;
    this.tls = tls;
    this.road = world.road();
  }

  /**
   * Where to, and how.
   *
   * @param site whose host it is
   * @param host which host
   * @param address one address of it
   * @param key what the connection is kept by
   * @param epoch of the site in the pool
   * @param demand what must hold before MAIL
   */
  record Target(
      Site site,
      HostPort host,
      InetAddress address,
      Connection.Key key,
      long epoch,
      TlsDemand demand) {
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
    Progress at = new Progress();
    Opened first = open(target, true, at);
    boolean optional = target.demand().use() == TlsDemand.Use.WHEN_OFFERED;
    boolean clearIsFine = optional && !target.site().tls().implicit();
    boolean handshakeFailed = first instanceof Opened.Shut(Outcome.Step step, _) && isTls(step);
    return handshakeFailed && clearIsFine ? open(target, false, at) : first;
  }

  private static boolean isTls(Outcome.Step step) {
    return step == Outcome.Step.TLS || step == Outcome.Step.STARTTLS;
  }

  private Opened open(Target target, boolean withTls, Progress at) {
    at.step = Outcome.Step.CONNECT;
    Socket socket = new Socket();
    Wire wire = null;
    try {
      target.site().sourceAddress().ifPresent(own -> bind(socket, own));
      int limit = Math.toIntExact(target.site().timeouts().connect().toMillis());
      socket.connect(new InetSocketAddress(target.address(), target.host().port()), limit);
      socket.setTcpNoDelay(true);
      at.own = socket.getLocalAddress();
      wire = new Wire(socket, watchdog, target.site().timeouts().block());
      Opened opened = greet(target, wire, withTls, at);
      if (opened instanceof Opened.Shut) {
        wire.close();
      }
      return opened;
    } catch (IOException | RuntimeException failed) {
      close(socket, wire);
      if (at.step == Outcome.Step.TLS && at.verdict.isEmpty()) {
        judge(target, new Session.Clear(new TlsFault.Handshake(words(failed))), at);
      }
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

  /** How far a connection came, and what its TLS is worth once that is known. */
  private static final class Progress {
    private Outcome.Step step = Outcome.Step.CONNECT;
    private InetAddress own = InetAddress.getLoopbackAddress();
    private Optional<TlsVerdict> verdict = Optional.empty();
  }

  private Opened greet(Target target, Wire wire, boolean withTls, Progress at) throws IOException {
    Site site = target.site();
    if (site.tls().implicit() && secure(target, wire, at) instanceof TlsVerdict.Unmet unmet) {
      return unmet(target, Outcome.Step.TLS, unmet);
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
          if (secure(target, wire, at) instanceof TlsVerdict.Unmet unmet) {
            return unmet(target, Outcome.Step.TLS, unmet);
          }
          opening.secured();
        }
        case Want.Content _ -> throw new IllegalStateException();
        case Want.Ended _ -> {
          return ended(target, wire, opening, at);
        }
      }
    }
  }

  private Opened ended(Target target, Wire wire, Opening opening, Progress at) {
    Optional<Opening.Refusal> refusal = opening.refusal();
    boolean atStartTls = refusal.filter(r -> r.phase() == Phase.STARTTLS).isPresent();
    if (!opening.isSecured() && (refusal.isEmpty() || atStartTls) && at.verdict.isEmpty()) {
      String why = refusal.map(r -> r.reply().text()).orElse("STARTTLS is not offered, or refused");
      judge(target, new Session.Clear(new TlsFault.NotOffered(why)), at);
    }
    if (refusal.isPresent()) {
      Outcome.Step step = Outcome.Step.valueOf(refusal.get().phase().name());
      boolean lacks = refusal.get().ours() && step == Outcome.Step.STARTTLS;
      return lacks && at.verdict.orElse(null) instanceof TlsVerdict.Unmet unmet
          ? unmet(target, step, unmet)
          : new Opened.Shut(step, judge(target, step, refusal.get().reply()));
    }
    boolean keeps = opening.capabilities().has(Capability.REQUIRETLS);
    if (target.demand().requireTls() && !keeps) { // RFC 8689 §4.2.1
      Reply reply = Reply.of(550, "5.7.30", "REQUIRETLS support required, the next host lacks it");
      return unfit(target, Outcome.Step.EHLO, reply);
    }
    boolean verified =
        at.verdict.filter(v -> v instanceof TlsVerdict.Met met && met.verified()).isPresent();
    return new Opened.Ready(
        new Connection(
            target.key(),
            target.site(),
            new Connection.Far(target.hop(), opening.capabilities(), verified),
            wire,
            target.epoch()));
  }

  private Outcome judge(Target target, Outcome.Step step, Reply reply) {
    Ruling ruling = rules.judge(new ReplyRules.Context(target.site().kind(), false, step), reply);
    return new Ruling(false, ruling.effect(), ruling.status()).outcome(target.hop(), reply);
  }

  private TlsVerdict secure(Target target, Wire wire, Progress at) throws IOException {
    at.step = Outcome.Step.TLS;
    Socket bare = wire.bare();
    Site site = target.site();
    PeerTls.Secured secured =
        wire.within(
            site.timeouts().connect(),
            "TLS handshake",
            () -> tls.secure(bare, target.demand().serverName(), site.tls()));
    wire.switchTo(secured.socket());
    return judge(target, new Session.Secured(secured.chain()), at);
  }

  private TlsVerdict judge(Target target, Session session, Progress at) {
    Road.Peer peer =
        new Road.Peer(target.key().destination(), target.host().host(), target.address(), at.own);
    TlsVerdict verdict =
        road.judge(target.demand(), session, peer, () -> authorities(target.site()));
    at.verdict = Optional.of(verdict);
    return verdict;
  }

  private Authorities authorities(Site site) throws IOException {
    return tls.authorities(site.tls().caFile());
  }

  private static Opened unmet(Target target, Outcome.Step step, TlsVerdict.Unmet unmet) {
    if (!target.demand().requireTls()) {
      return shut(target, step, unmet.words());
    }
    return unfit(target, step, Reply.of(550, "5.7.10", "REQUIRETLS: " + unmet.words()));
  }

  private static Opened unfit(Target target, Outcome.Step step, Reply reply) {
    return new Opened.Shut(step, new Outcome.Failed(target.hop(), reply, new Effect.RoadUnfit()));
  }

  private Opening.Plan plan(Target target, boolean withTls) {
    Site site = target.site();
    boolean implicit = site.tls().implicit();
    Opening.StartTls startTls =
        implicit || !withTls
            ? Opening.StartTls.NEVER
            : switch (target.demand().use()) {
              case NEVER -> Opening.StartTls.NEVER;
              case WHEN_OFFERED -> Opening.StartTls.WHEN_OFFERED;
              case ALWAYS -> Opening.StartTls.ALWAYS;
            };
    boolean clear = target.key().wish().floor() == TlsFloor.NONE;
    Optional<Opening.Login> login =
        site.login().map(l -> new Opening.Login(l.user(), l.password(), clear));
    String helo = site.helo().orElse(nodeName);
    return new Opening.Plan(site.kind() == Site.Kind.LMTP, helo, startTls, implicit, login);
  }
}
