package org.spillway.admit;

import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/**
 * The admission route, one story in four stages: connect, envelope (sender, then each recipient),
 * message; and one beside them for clients that do not wait their turn. Its body is one immutable
 * {@link Offer}; each check adds a finding and the judge, alone, turns them into a verdict. Further
 * checks (authenticate, inspect, policy) slot in before the judge.
 */
final class AdmissionRoute extends RouteBuilder {
  static final String CONNECT = "direct:connect";
  static final String AHEAD = "direct:ahead";
  static final String SENDER = "direct:sender";
  static final String RECIPIENT = "direct:recipient";
  static final String MESSAGE = "direct:message";

  private final Checks checks;
  private final GuardSteps guard;
  private final Judge judge;

  AdmissionRoute(Checks checks, GuardSteps guard, Judge judge) {
    this.checks = checks;
    this.guard = guard;
    this.judge = judge;
  }

  @Override
  public void configure() {
    from(CONNECT)
        .routeId("admission-connect")
        .process(step(guard::connection))
        .process(judge(judge::connection));

    from(AHEAD).routeId("admission-ahead").process(step(guard::ahead)).process(judge(judge::ahead));

    from(SENDER)
        .routeId("admission-sender")
        .process(check(checks::size))
        .process(step(guard::sender))
        .process(judge(judge::sender));

    from(RECIPIENT)
        .routeId("admission-recipient")
        .process(check(checks::direction))
        .process(check(checks::recipient))
        .process(step(guard::recipient))
        .process(judge(judge::recipient));

    from(MESSAGE)
        .routeId("admission-message")
        .process(check(checks::direction))
        .process(check(checks::size))
        .process(check(checks::hops))
        .process(check(checks::loop))
        .process(step(checks::authenticate))
        .process(step(guard::message))
        .process(judge(judge::message));
  }

  private static Processor check(Check check) {
    return exchange -> {
      Offer offer = offer(exchange);
      exchange.getMessage().setBody(offer.with(check.look(offer)));
    };
  }

  private static Processor step(UnaryOperator<Offer> step) {
    return exchange -> exchange.getMessage().setBody(step.apply(offer(exchange)));
  }

  private static Processor judge(java.util.function.Function<Offer, Object> judge) {
    return exchange -> exchange.getMessage().setBody(judge.apply(offer(exchange)));
  }

  private static Offer offer(Exchange exchange) {
    return (Offer) exchange.getMessage().getBody();
  }
}
