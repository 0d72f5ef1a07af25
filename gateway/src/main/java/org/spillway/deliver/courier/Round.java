package org.spillway.deliver.courier;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.deliver.tls.Road;
import org.spillway.deliver.tls.StsState;
import org.spillway.deliver.tls.TlsDecision.Decided;
import org.spillway.deliver.tls.TlsDemand;
import org.spillway.deliver.tls.TlsFault;
import org.spillway.deliver.tls.TlsWish;
import org.spillway.mail.Reply;
import org.spillway.route.Hop;
import org.spillway.route.HostPort;
import org.spillway.route.Site;

/**
 * One attempt from host to host: a kept connection where there is one, else a new one; the next
 * host while none has taken the transaction on and nothing was said about the whole site.
 */
final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);
  private static final int MAX_ADDRESSES = 10; // RFC 5321 §5.1 wants at least two
  private static final int MAX_WORDS = 1000;

  private final SmtpCourier.Parts parts;
  private final Errand errand;
  private final TlsWish wish;
  private final long epoch;
  private Optional<Outcome> last = Optional.empty();
  private final List<Outcome> refusals = new ArrayList<>();
  private int tries;
  private Optional<StsState> sts = Optional.empty();

  Round(SmtpCourier.Parts parts, Errand errand) {
    this.parts = parts;
    this.errand = errand;
    this.wish = errand.wish();
    this.epoch = parts.pool().epoch(errand.site().name());
  }

  Map<Integer, Outcome> run() {
    Optional<Map<Integer, Outcome>> quick = overAnyKept();
    return quick.isPresent()
        ? quick.get()
        : switch (hosts()) {
          case Peers.Found.None(Outcome outcome) -> forAll(outcome);
          case Peers.Found.Hosts(List<HostPort> hosts, boolean secure) -> overHosts(hosts, secure);
        };
  }

  /** Spares the DNS while a connection for the destination is kept. */
  private Optional<Map<Integer, Outcome>> overAnyKept() {
    return errand.site().kind() == Site.Kind.MX
        ? parts.pool().takeAny(key(new HostPort("", 0)), errand.site()).flatMap(this::transfer)
        : Optional.empty();
  }

  private Peers.Found hosts() {
    Site site = errand.site();
    if (site.kind() == Site.Kind.MX) {
      return parts.peers().mxHosts(errand.destination().orElseThrow());
    }
    List<HostPort> hosts =
        parts.world().hosts().order(site, host -> parts.pool().busy(busyKey(key(host))));
    return hosts.isEmpty()
        ? new Peers.Found.None(unresolved(site.name().text(), "the site has no hosts"))
        : new Peers.Found.Hosts(hosts, false);
  }

  private static Outcome unresolved(String hop, String why) {
    return new Outcome.Unreachable(hop, Outcome.Step.RESOLVE, why);
  }

  private Connection.Key key(HostPort host) {
    return new Connection.Key(errand.site().name(), host.toString(), errand.destination(), wish);
  }

  private static String busyKey(Connection.Key key) {
    return key.site() + " " + key.host();
  }

  private Map<Integer, Outcome> overHosts(List<HostPort> hosts, boolean secure) {
    for (HostPort host : hosts) {
      Optional<Map<Integer, Outcome>> done =
          parts.pool().take(key(host), errand.site()).flatMap(this::transfer);
      done = done.isPresent() ? done : overAddresses(host, secure);
      if (done.isPresent()) {
        return done.get();
      }
    }
    return forAll(withRefusals(last.orElseThrow()));
  }

  /** The trace says of every host why TLS kept the mail from it, not only of the last one. */
  private Outcome withRefusals(Outcome outcome) {
    refusals.remove(outcome);
    if (refusals.isEmpty() || !(outcome instanceof Outcome.Unreachable it)) {
      return outcome;
    }
    StringBuilder why = new StringBuilder(it.why());
    refusals.forEach(r -> why.append("; ").append(r.hop()).append(": ").append(r.why()));
    return new Outcome.Unreachable(
        it.hop(), it.step(), why.substring(0, Math.min(why.length(), MAX_WORDS)));
  }

  private Optional<Map<Integer, Outcome>> overAddresses(HostPort host, boolean secure) {
    String hop = host.toString();
    return switch (parts.peers().addresses(errand.site(), host.host())) {
      case Peers.Resolved.Addresses(List<InetAddress> addresses, boolean signed) ->
          switch (road().decide(crossing(host, secure, signed), sts())) {
            case Decided.Go(TlsDemand demand) -> overAddresses(host, demand, addresses);
            case Decided.Leave(TlsFault fault, _) -> leave(host, fault);
          };
      case Peers.Resolved.Ourselves(String why) -> Optional.of(forAll(last.orElse(loop(hop, why))));
      case Peers.Resolved.Nowhere(String why) -> nowhere(host, why);
      case Peers.Resolved.NotNow(String why) -> goOn(host, unresolved(hop, why));
    };
  }

  private Road road() {
    return parts.world().road();
  }

  private Road.Crossing crossing(HostPort host, boolean secureName, boolean secureAddress) {
    return new Road.Crossing(
        wish,
        host.host(),
        host.port(),
        errand.destination(),
        errand.site().tls().serverName(),
        secureName || errand.destination().isEmpty(),
        secureAddress);
  }

  private StsState sts() {
    if (sts.isEmpty()) {
      sts = Optional.of(road().sts(wish, errand.destination()));
    }
    return sts.get();
  }

  /** No connection to this host; the next one may do (RFC 8461 §5, RFC 7672 §2.1.2). */
  private Optional<Map<Integer, Outcome>> leave(HostPort host, TlsFault fault) {
    String hop = host.toString();
    Outcome outcome =
        fault instanceof TlsFault.UnsafeHost
            ? new Outcome.Failed(
                hop, Reply.of(550, "5.7.30", fault.words()), new Effect.RoadUnfit())
            : new Outcome.Unreachable(hop, Outcome.Step.TLS, fault.words());
    parts.sightings().shut(hop(key(host)), Outcome.Step.TLS, outcome);
    refused(outcome);
    return Optional.empty();
  }

  private void refused(Outcome outcome) {
    LOG.info("{} not used for {}: {}", outcome.hop(), errand.entry().id(), outcome.why());
    refusals.add(outcome);
    remember(outcome);
  }

  /** What may get better is worth more than what will not: mail waits while one host may do. */
  private void remember(Outcome outcome) {
    boolean hopeless = outcome instanceof Outcome.Failed;
    boolean hopeBefore = last.isPresent() && !(last.get() instanceof Outcome.Failed);
    if (!hopeless || !hopeBefore) {
      last = Optional.of(outcome);
    }
  }

  private static Outcome loop(String hop, String why) { // RFC 5321 §5.1
    return Peers.failed(hop, 554, "5.4.6", "the best mail host is this one, a loop: " + why);
  }

  /** Nobody can ever send to an MX host without address; a host of a pool is ours to mend. */
  private Optional<Map<Integer, Outcome>> nowhere(HostPort host, String why) {
    boolean mx = errand.site().kind() == Site.Kind.MX;
    String hop = host.toString();
    if (mx && last.isEmpty()) {
      last = Optional.of(Peers.failed(hop, 550, "5.4.4", why));
      return Optional.empty();
    }
    return mx ? Optional.empty() : goOn(host, unresolved(hop, why));
  }

  private Optional<Map<Integer, Outcome>> goOn(HostPort host, Outcome outcome) {
    parts.sightings().shut(hop(key(host)), Outcome.Step.RESOLVE, outcome);
    remember(outcome);
    return Optional.empty();
  }

  private Optional<Map<Integer, Outcome>> overAddresses(
      HostPort host, TlsDemand demand, List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      if (tries++ >= MAX_ADDRESSES) {
        return last.map(this::forAll);
      }
      Optional<Map<Integer, Outcome>> done =
          overAddress(new Connector.Target(errand.site(), host, address, key(host), epoch, demand));
      if (done.isPresent()) {
        return done;
      }
    }
    return Optional.empty();
  }

  private Optional<Map<Integer, Outcome>> overAddress(Connector.Target target) {
    String busyKey = busyKey(target.key());
    parts.pool().busy(busyKey, 1);
    Connector.Opened opened;
    try {
      opened = parts.connector().open(target);
    } finally {
      parts.pool().busy(busyKey, -1);
    }
    return switch (opened) {
      case Connector.Opened.Ready(Connection connection) -> transfer(connection);
      case Connector.Opened.Shut(Outcome.Step step, Outcome outcome) -> {
        parts.sightings().shut(hop(target.key()), step, outcome);
        if (step == Outcome.Step.TLS || step == Outcome.Step.STARTTLS) {
          refused(outcome);
        } else {
          remember(outcome);
        }
        yield goesOn(outcome) ? Optional.empty() : Optional.of(forAll(outcome));
      }
    };
  }

  /** True when another host may do better: it was about this host, not about the site. */
  private static boolean goesOn(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unreachable _ -> true;
      case Outcome.Deferred(_, _, Effect effect) ->
          switch (effect) {
            case Effect.TargetFailure _, Effect.Overload _, Effect.None _ -> true;
            case Effect.Throttled _,
                Effect.QuotaUsed _,
                Effect.Misconfigured _,
                Effect.SenderRefused _,
                Effect.NullSenderRefused _,
                Effect.TooLargeHere _,
                Effect.RoadUnfit _,
                Effect.SplitRecipients _,
                Effect.Reputation _ ->
                false;
          };
      case Outcome.Failed(_, _, Effect effect) -> effect instanceof Effect.RoadUnfit;
      case Outcome.Delivered _, Outcome.Relayed _, Outcome.Unknown _ -> false;
    };
  }

  /** Empty when a kept connection turned out to be dead. */
  private Optional<Map<Integer, Outcome>> transfer(Connection connection) {
    String busyKey = busyKey(connection.key());
    parts.pool().busy(busyKey, 1);
    try {
      Transfer transfer = new Transfer(errand, connection, parts.world().rules());
      Optional<Map<Integer, Outcome>> done =
          transfer.run(new Heading(stamp(), parts.world().signatures()));
      done.ifPresent(
          outcomes -> parts.sightings().done(hop(connection.key()), transfer.step(), outcomes));
      return done;
    } finally {
      parts.pool().busy(busyKey, -1);
      parts.pool().giveBack(connection);
    }
  }

  private String stamp() {
    String stamp = parts.world().stamp().headerFor(errand.entry(), errand.recipients());
    return stamp.isEmpty() || stamp.endsWith("\r\n") ? stamp : stamp + "\r\n";
  }

  private static Hop hop(Connection.Key key) {
    return new Hop(key.site(), key.host(), key.destination());
  }

  private Map<Integer, Outcome> forAll(Outcome outcome) {
    Map<Integer, Outcome> outcomes = new HashMap<>();
    errand.recipients().forEach(i -> outcomes.put(i, outcome));
    return outcomes;
  }
}
