package org.spillway.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What became of the mail that got a 250.
 *
 * @param accepted messages that got a 250
 * @param local arrived on the premises
 * @param spilled arrived at the relay
 * @param secondHome arrived at the cloud mailbox
 * @param lost arrived nowhere
 * @param duplicates arrivals beyond the first
 */
record Score(int accepted, int local, int spilled, int secondHome, int lost, int duplicates) {
  /** Counts now. */
  static Score of(DemoWorld world, Sender sender) {
    Map<String, Integer> arrivals = new HashMap<>();
    for (MailServer server : List.of(world.onPremises, world.relay, world.cloudMailbox)) {
      for (Map.Entry<String, AtomicInteger> taken : server.taken().entrySet()) {
        arrivals.merge(taken.getKey(), taken.getValue().get(), Integer::sum);
      }
    }
    int lost = 0;
    for (String id : sender.accepted().keySet()) {
      lost += arrivals.containsKey(id) ? 0 : 1;
    }
    int duplicates = arrivals.values().stream().mapToInt(n -> n - 1).sum();
    return new Score(
        sender.accepted().size(),
        world.onPremises.count(),
        world.relay.count(),
        world.cloudMailbox.count(),
        lost,
        duplicates);
  }

  /** Messages that have not arrived anywhere yet. */
  int outstanding() {
    return lost;
  }
}
