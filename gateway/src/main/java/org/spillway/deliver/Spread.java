package org.spillway.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spillway.deliver.Settled.Next;
import org.spillway.route.Ask;
import org.spillway.spool.Disposition.Waiting;

/** What is left of a ticket after its turn: tickets for the recipients that are not done. */
final class Spread {
  private Spread() {}

  /** A ticket and what is next for it. */
  record Rest(Ticket ticket, Next next, Duration delay) {}

  private record Key(Ask ask, Next next, boolean noticed) {}

  /** The tickets that go on, in the order of their first recipients. */
  static List<Rest> of(Ticket ticket, Delivery delivery, Intake intake) {
    Map<Key, List<Integer>> groups = new LinkedHashMap<>();
    for (int recipient : ticket.recipients()) {
      Settled settled = delivery.settled().get(recipient);
      if (settled != null
          && settled.next() != Next.DONE
          && settled.now() instanceof Waiting waiting) {
        Ask ask = intake.share(ask(ticket, delivery, settled, waiting));
        Key key = new Key(ask, settled.next(), waiting.delayNotified());
        groups.computeIfAbsent(key, k -> new ArrayList<>(1)).add(recipient);
      }
    }
    List<Rest> rests = new ArrayList<>();
    groups.forEach(
        (key, who) -> {
          int[] indexes = who.stream().mapToInt(Integer::intValue).toArray();
          Duration delay = delivery.settled().get(indexes[0]).delay();
          if (isSplit(ticket, delivery, indexes)) {
            int half = indexes.length / 2;
            rests.add(rest(ticket, key, Arrays.copyOf(indexes, half), delay));
            rests.add(rest(ticket, key, Arrays.copyOfRange(indexes, half, indexes.length), delay));
          } else {
            rests.add(rest(ticket, key, indexes, delay));
          }
        });
    return rests;
  }

  private static Ask ask(Ticket ticket, Delivery delivery, Settled settled, Waiting waiting) {
    Ask ask =
        ticket.ask.unknownAt().equals(waiting.unknownAt())
            ? ticket.ask
            : ticket.ask.boundTo(waiting.unknownAt());
    return settled.refusal().isEmpty()
        ? ask
        : ask.refusedBy(delivery.step().site(), settled.refusal().get());
  }

  /** All were too many for one transaction, so that the same ones must not go together again. */
  private static boolean isSplit(Ticket ticket, Delivery delivery, int[] indexes) {
    return indexes.length > 1
        && indexes.length == ticket.recipients().length
        && delivery.outcomes().get(indexes[0]) instanceof Outcome.Deferred it
        && it.effect() instanceof Effect.SplitRecipients;
  }

  private static Rest rest(Ticket ticket, Key key, int[] indexes, Duration delay) {
    Ticket rest = ticket.split(key.ask(), indexes);
    rest.fresh = ticket.fresh && key.next() == Next.AGAIN;
    rest.siteFault = key.next() == Next.SITE;
    rest.told = true;
    rest.noticed = key.noticed();
    return new Rest(rest, key.next(), delay);
  }
}
