package org.spillway.admit;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Direction;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;
import org.spillway.mail.Reply;
import org.spillway.policy.Decision;
import org.spillway.route.LoopGuard;

/** Admission by way of the Camel route {@link AdmissionRoute}. */
public final class RoutedAdmission implements Admission {
  private static final Logger LOG = LoggerFactory.getLogger(RoutedAdmission.class);
  private static final Verdict BROKEN =
      new Verdict.Defer(Reply.of(451, "4.3.0", "A check failed here, try again later"));

  private final Checks checks;
  private final ProducerTemplate producer;
  private final Endpoint connect;
  private final Endpoint sender;
  private final Endpoint recipient;
  private final Endpoint message;

  private RoutedAdmission(CamelContext camel, Checks checks) {
    this.checks = checks;
    producer = camel.createProducerTemplate();
    connect = camel.getEndpoint(AdmissionRoute.CONNECT);
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
      CamelContext camel,
      AdmissionSettings settings,
      Optional<Address> postmaster,
      LoopGuard loopGuard,
      InstantSource clock) {
    Checks checks = new Checks(ground(settings, postmaster), loopGuard);
    try {
      camel.addRoutes(new AdmissionRoute(checks, new Judge(clock)));
    } catch (Exception broken) {
      throw new IllegalStateException("the admission route does not start", broken);
    }
    return new RoutedAdmission(camel, checks);
  }

  private static Checks.Ground ground(AdmissionSettings settings, Optional<Address> postmaster) {
    return new Checks.Ground(settings, new DomainDirectory(settings.domains(), postmaster));
  }

  /**
   * Goes by other settings from the next command on.
   *
   * @throws java.io.UncheckedIOException when a recipients file cannot be read; the old settings
   *     stay
   */
  public void reload(AdmissionSettings settings, Optional<Address> postmaster) {
    checks.standOn(ground(settings, postmaster));
  }

  @Override
  public Verdict connect(Arrival arrival) {
    return ask(connect, Offer.connection(arrival), BROKEN);
  }

  @Override
  public Verdict sender(Arrival arrival, Envelope envelope) {
    return ask(sender, Offer.sender(arrival, envelope), BROKEN);
  }

  @Override
  public RecipientVerdict recipient(Arrival arrival, Envelope envelope, Recipient asked) {
    RecipientVerdict broken = new RecipientVerdict(BROKEN, List.of(), Direction.INBOUND);
    return ask(recipient, Offer.recipient(arrival, envelope, asked), broken);
  }

  @Override
  public MessageVerdict message(Message offered) {
    MessageVerdict broken =
        new MessageVerdict(BROKEN, new Decision(List.of()), List.of(), List.of());
    return ask(message, Offer.message(offered), broken);
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
