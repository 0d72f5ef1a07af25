package org.spillway.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was acknowledged against what arrived.
 *
 * @param missing acknowledged and nowhere
 * @param twice arrived more than once, with how often
 * @param strangers arrived without a 250: their connection was lost before it
 */
record Tally(Set<String> missing, Map<String, Integer> twice, Set<String> strangers) {

  static Tally of(Journal journal, Mailbox... mailboxes) {
    Map<String, Integer> arrived = arrivals(mailboxes);
    Set<String> missing = new TreeSet<>(journal.acknowledged());
    missing.removeAll(arrived.keySet());
    Map<String, Integer> twice = new HashMap<>(arrived);
    twice.values().removeIf(count -> count == 1);
    Set<String> strangers = new TreeSet<>(arrived.keySet());
    strangers.removeAll(journal.acknowledged());
    return new Tally(missing, twice, strangers);
  }

  /** How often each message arrived, in all mailboxes together. */
  static Map<String, Integer> arrivals(Mailbox... mailboxes) {
    Map<String, Integer> arrived = new HashMap<>();
    for (Mailbox mailbox : List.of(mailboxes)) {
      mailbox.arrivals().forEach((id, count) -> arrived.merge(id, count, Integer::sum));
    }
    return arrived;
  }
}
