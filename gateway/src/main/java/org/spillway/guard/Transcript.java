package org.spillway.guard;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.spillway.mail.Arrival;

/**
 * What was seen of each session at earlier stages, for the record of its messages: at the greeting,
 * and in the transaction under way. Bounded; a session that is forgotten leaves a gap in a record,
 * no more.
 */
public final class Transcript {
  private static final int SESSIONS = 20_000;
  private static final int SIGNS = 50;

  private final Recent<Session, Seen> recent = new Recent<>(SESSIONS);

  private record Session(InetAddress client, int port) {
    static Session of(Arrival arrival) {
      return new Session(arrival.client(), arrival.clientPort());
    }
  }

  private record Seen(List<Sign> greeting, List<Sign> transaction) {
    static final Seen NOTHING = new Seen(List.of(), List.of());
  }

  /** A session begins. */
  public void connected(Arrival arrival, List<Sign> signs) {
    if (!signs.isEmpty()) {
      recent.put(Session.of(arrival), new Seen(List.copyOf(signs), List.of()));
    }
  }

  /** A transaction begins. */
  public void sender(Arrival arrival, List<Sign> signs) {
    Session session = Session.of(arrival);
    Seen before = recent.find(session).orElse(Seen.NOTHING);
    if (!signs.isEmpty() || !before.transaction.isEmpty()) {
      recent.put(session, new Seen(before.greeting, List.copyOf(signs)));
    }
  }

  /** A transaction goes on; what was seen before in it is not told twice. */
  public void recipient(Arrival arrival, List<Sign> signs) {
    if (signs.isEmpty()) {
      return;
    }
    Session session = Session.of(arrival);
    Seen before = recent.find(session).orElse(Seen.NOTHING);
    List<Sign> more = new ArrayList<>(before.transaction);
    signs.stream().filter(sign -> more.size() < SIGNS && !more.contains(sign)).forEach(more::add);
    recent.put(session, new Seen(before.greeting, List.copyOf(more)));
  }

  /** All that was seen of a session and its transaction. */
  public List<Sign> of(Arrival arrival) {
    Seen seen = recent.find(Session.of(arrival)).orElse(Seen.NOTHING);
    if (seen.greeting.isEmpty()) {
      return seen.transaction;
    }
    List<Sign> all = new ArrayList<>(seen.greeting);
    all.addAll(seen.transaction);
    return all;
  }
}
