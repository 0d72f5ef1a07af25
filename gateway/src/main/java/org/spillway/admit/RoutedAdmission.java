package org.spillway.admit;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.auth.message.PendingAuthentication;
import org.spillway.guard.Guard;
import org.spillway.guard.Home;
import org.spillway.guard.Tarpit;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Direction;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;
import org.spillway.mail.Reply;
import org.spillway.metrics.Metrics;
import org.spillway.policy.Decision;
import org.spillway.route.LoopGuard;

/** Admission by way of the Camel route {@link AdmissionRoute}. */
public final class RoutedAdmission implements Admission {
  private static final Logger LOG = LoggerFactory.getLogger(RoutedAdmission.class);
  private static final Verdict BROKEN =
      new Verdict.Defer(Reply.of(451, "4.3.0", "A check failed here, try again later"));

  private final Checks checks;
  private final ProducerTemplate producer;
  private final Tarpit tarpit;
  private final Guard guard;
  private final Endpoint connect;
  private final Endpoint ahead;
  private final Endpoint sender;
  private final Endpoint recipient;
  private final Endpoint message;

  /**
   * What it works with.
   *
   * @param host how we call ourselves
   * @param loopGuard knows mail of ours that comes back
   * @param guard looks for abuse
   * @param clock tells the time
   * @param metrics counts
   */
  public record Around(
      String host, LoopGuard loopGuard, Guard guard, InstantSource clock, Metrics metrics) {}

  private RoutedAdmission(CamelContext camel, Checks checks, Guard guard) {
    this.checks = checks;
    this.guard = guard;
    this.tarpit = guard.tarpit();
    producer = camel.createProducerTemplate();
    connect = camel.getEndpoint(AdmissionRoute.CONNECT);
    ahead = camel.getEndpoint(AdmissionRoute.AHEAD);
    sender = camel.getEndpoint(AdmissionRoute.SENDER);
    recipient = camel.getEndpoint(AdmissionRoute.RECIPIENT);
    message = camel.getEndpoint(AdmissionRoute.MESSAGE);
  }

  /**
   * Adds the route to a started context.
   *
   * @param postmaster where mail for postmaster goes when a domain has no such recipient
   * @throws java.io.UncheckedIOException when a recipients file cannot be read
   */
  public static RoutedAdmission in(
      CamelContext camel, AdmissionSettings settings, Optional<Address> postmaster, Around around) {
    Checks checks = new Checks(ground(settings, postmaster), around.loopGuard(), around.host());
    GuardJudge guards = new GuardJudge(around.guard(), around.metrics(), checks::isMonitored);
    AuthJudge auth =
        new AuthJudge(checks::authentication, around.metrics(), checks::isRecordedOnly);
    Judge judge = new Judge(around.clock(), new Judge.Others(guards, auth, checks::authservId));
    try {
      camel.addRoutes(new AdmissionRoute(checks, new GuardSteps(around.guard()), judge));
    } catch (Exception broken) {
      throw new IllegalStateException("the admission route does not start", broken);
    }
    return new RoutedAdmission(camel, checks, around.guard());
  }

  private static Checks.Ground ground(AdmissionSettings settings, Optional<Address> postmaster) {
    return new Checks.Ground(settings, new DomainDirectory(settings.domains(), postmaster));
  }

  /**
   * Reads what other settings name; they count from the next command after what is returned is run.
   *
   * @param home who is not a stranger
   * @throws IOException when a file of the guard cannot be read
   * @throws java.io.UncheckedIOException when a recipients file cannot be read
   */
  public Runnable reading(AdmissionSettings settings, Optional<Address> postmaster, Home home)
      throws IOException {
    Checks.Ground ground = ground(settings, postmaster);
    Runnable guarding = guard.reading(settings.guard(), home);
    return () -> {
      guarding.run();
      checks.standOn(ground);
    };
  }

  @Override
  public Verdict connect(Arrival arrival, Line line) {
    return bounded(ask(connect, Offer.connection(arrival, line), BROKEN));
  }

  @Override
  public Verdict ahead(Arrival arrival, long bytes) {
    return bounded(ask(ahead, Offer.connection(arrival, Line.heard(bytes)), BROKEN));
  }

  @Override
  public Verdict sender(Arrival arrival, Envelope envelope) {
    return bounded(ask(sender, Offer.sender(arrival, envelope), BROKEN));
  }

  @Override
  public RecipientVerdict recipient(Arrival arrival, Envelope envelope, Recipient asked) {
    RecipientVerdict broken = new RecipientVerdict(BROKEN, List.of(), Direction.INBOUND);
    RecipientVerdict said = ask(recipient, Offer.recipient(arrival, envelope, asked), broken);
    Verdict bounded = bounded(said.verdict());
    return bounded == said.verdict()
        ? said
        : new RecipientVerdict(bounded, said.recipients(), said.direction());
  }

  @Override
  public MessageVerdict message(Message offered, Optional<PendingAuthentication> pending) {
    MessageVerdict broken =
        new MessageVerdict(BROKEN, new Decision(List.of()), List.of(), "", List.of());
    return ask(message, Offer.message(offered, pending), broken);
  }

  /** Invariant 8, bounded: only so many wait at a time. */
  private Verdict bounded(Verdict verdict) {
    if (verdict.delay().isZero()) {
      return verdict;
    }
    Duration granted = tarpit.grant(verdict.delay(), guard.settings().tarpit().sessions());
    return granted.equals(verdict.delay()) ? verdict : verdict.after(granted);
  }

  /** Invariant 7, fail closed: a check that errors defers. */
  private <V> V ask(Endpoint route, Offer offer, V broken) {
    try {
      @SuppressWarnings("unchecked")
      V verdict = (V) producer.requestBody(route, offer);
      return verdict;
    } catch (CamelExecutionException failed) {
      LOG.error("admission failed at {}", route.getEndpointUri(), failed.getCause());
      return broken;
    }
  }
}
