package org.spillway.deliver;

import java.util.function.UnaryOperator;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.spillway.deliver.Delivery.Fate;

/**
 * The second half of a message's path, after the 250. The body is one immutable {@link Delivery};
 * the steps are plain objects; nothing is split, retried or remembered here.
 */
final class DeliveryRoute extends RouteBuilder {
  /** Where the dispatcher puts in. */
  static final String ENTRANCE = "direct:delivery";

  private final Planning planning;
  private final Attempt attempt;
  private final Settler settler;
  private final Traces traces;

  DeliveryRoute(Planning planning, Attempt attempt, Settler settler, Traces traces) {
    this.planning = planning;
    this.attempt = attempt;
    this.settler = settler;
    this.traces = traces;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());

    from(ENTRANCE)
        .routeId("delivery")
        .process(step(planning::plan))
        .choice()
        .when(fate(Fate.MOVE))
        .stop()
        .when(fate(Fate.CARRY))
        .process(step(attempt::carry))
        .process(step(settler::judge))
        .otherwise()
        .process(step(settler::judgePlan)) // waits, is held, or goes back
        .end()
        .process(step(settler::store))
        .process(step(settler::report))
        .process(step(traces::track));
  }

  private static Predicate fate(Fate wanted) {
    return exchange -> exchange.getMessage().getBody(Delivery.class).fate() == wanted;
  }

  private static Processor step(UnaryOperator<Delivery> step) {
    return exchange ->
        exchange.getMessage().setBody(step.apply(exchange.getMessage().getBody(Delivery.class)));
  }
}
