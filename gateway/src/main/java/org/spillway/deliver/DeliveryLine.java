package org.spillway.deliver;

import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/** The entrance of the delivery route: one call, one exchange, on the caller's thread. */
final class DeliveryLine implements UnaryOperator<Delivery> {
  private volatile ProducerTemplate template;
  private volatile Endpoint entrance;

  /** Opens it, once the context runs with the route in it. */
  void open(CamelContext camel) {
    entrance = camel.getEndpoint(DeliveryRoute.ENTRANCE);
    template = camel.createProducerTemplate();
  }

  void close() {
    template.stop();
  }

  @Override
  public Delivery apply(Delivery delivery) {
    Exchange exchange = entrance.createExchange(ExchangePattern.InOut);
    exchange.getMessage().setBody(delivery);
    template.send(entrance, exchange);
    if (exchange.getException() != null) {
      throw new IllegalStateException(
          "a step of the delivery route broke", exchange.getException());
    }
    return exchange.getMessage().getBody(Delivery.class);
  }
}
