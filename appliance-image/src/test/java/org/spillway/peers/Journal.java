package org.spillway.peers;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the gateway answered to each message, kept outside of it. */
final class Journal {

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Map<String, String> refused = new ConcurrentHashMap<>();

  /** Notes the reply to a message's end of data, or to what came before it. */
  void note(Letter letter, String reply) {
    if (reply.startsWith("250")) {
      acknowledged.add(letter.id());
    } else {
      refused.put(letter.id(), reply);
    }
  }

  /** Notes a message whose connection was lost before the reply. */
  void lost(Letter letter) {
    unanswered.add(letter.id());
  }

  /** What got a 250. */
  Set<String> acknowledged() {
    return acknowledged;
  }

  /** What got no answer: it may arrive or not. */
  Set<String> unanswered() {
    return unanswered;
  }

  /** What was refused, with the reply. */
  Map<String, String> refused() {
    return refused;
  }
}
