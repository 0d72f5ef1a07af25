package org.spillway.deliver;

import org.spillway.route.Planner;

/** The first step of the delivery route: where may these recipients go, this very moment. */
final class Planning {
  private final Gates gates;

  Planning(Gates gates) {
    this.gates = gates;
  }

  Delivery plan(Delivery delivery) {
    Job job = delivery.job();
    return delivery.with(
        Planner.plan(job.ask(), job.entry().facts().sizeBytes(), gates.situationFor(job.lane())));
  }
}
