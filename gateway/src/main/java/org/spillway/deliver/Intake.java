package org.spillway.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spillway.mail.Domain;
import org.spillway.policy.Copy;
import org.spillway.route.Ask;
import org.spillway.route.Paths;
import org.spillway.spool.Disposition.Waiting;
import org.spillway.spool.Entry;

/**
 * Makes tickets of an entry: the waiting recipients of each copy, together where the same plan
 * holds for them. Asks that are equal are shared, so that a long queue stays small. Guarded by the
 * lock.
 */
final class Intake {
  private static final int MOST_SHARED = 10_000;

  private final Times times;
  private final Map<Ask, Ask> shared = new HashMap<>();

  Intake(Times times) {
    this.times = times;
  }

  /** Recipients that wait alike. */
  private record Group(Ask ask, Duration left, boolean tried, boolean noticed) {}

  /** A ticket and how long until its first turn. */
  record Admitted(Ticket ticket, Duration left) {}

  List<Admitted> tickets(Entry entry, List<Integer> recipients, Paths paths, int generation) {
    Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    for (int recipient : recipients) {
      if (entry.standings().get(recipient) instanceof Waiting waiting) {
        Group group =
            new Group(
                share(ask(entry, recipient, waiting, paths)),
                waitOf(waiting),
                waiting.attempts() > 0,
                waiting.delayNotified());
        groups.computeIfAbsent(group, g -> new ArrayList<>(1)).add(recipient);
      }
    }
    long accepted = times.tick() - age(entry).toNanos();
    List<Admitted> admitted = new ArrayList<>(groups.size());
    groups.forEach(
        (group, who) -> {
          int[] indexes = who.stream().mapToInt(Integer::intValue).toArray();
          Ticket ticket = new Ticket(entry, group.ask(), indexes, accepted, generation);
          ticket.fresh = !group.tried() && group.left().isZero();
          ticket.siteFault = group.tried() && group.ask().unknownAt().isEmpty();
          ticket.told = group.tried();
          ticket.noticed = group.noticed();
          ticket.keep(entry);
          admitted.add(new Admitted(ticket, group.left()));
        });
    return admitted;
  }

  private static Ask ask(Entry entry, int recipient, Waiting waiting, Paths paths) {
    Copy copy = entry.decision().copyOf(recipient);
    Domain domain = entry.envelope().recipients().get(recipient).address().domain();
    Ask ask = Ask.of(copy.direction(), domain, entry.envelope().from(), copy.constraints(), paths);
    return waiting.unknownAt().isEmpty() ? ask : ask.boundTo(waiting.unknownAt());
  }

  /** The one ask of all that are equal. */
  Ask share(Ask ask) {
    if (shared.size() > MOST_SHARED) {
      shared.clear();
    }
    return shared.computeIfAbsent(ask, a -> a);
  }

  /**
   * The wait that is left. It is never longer than it was planned to be, so that a clock that was
   * stepped back meanwhile delays nothing.
   */
  private Duration waitOf(Waiting waiting) {
    Duration left = Duration.between(times.now(), waiting.notBefore());
    Duration planned = Duration.between(waiting.at(), waiting.notBefore());
    Duration wait = left.compareTo(planned) < 0 ? left : planned;
    return wait.isPositive() ? wait : Duration.ZERO;
  }

  /** The age of a message, not negative. */
  Duration age(Entry entry) {
    Duration age = Duration.between(entry.arrival().at(), times.now());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
