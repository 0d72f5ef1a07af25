package org.spillway.guard;

import java.net.InetAddress;
import org.spillway.guard.dnslist.DnsLists;
import org.spillway.mail.Arrival;

/**
 * Asks the DNS about clients, once a session, and only what is configured. A session that was
 * forgotten is asked about again.
 */
final class Strangers {
  private static final int SESSIONS = 20_000;

  private final DnsLists lists;
  private final ReverseNames names;
  private final Recent<Session, Stranger> recent = new Recent<>(SESSIONS);

  private record Session(InetAddress client, int port) {
    static Session of(Arrival arrival) {
      return new Session(arrival.client(), arrival.clientPort());
    }
  }

  Strangers(DnsLists lists, ReverseNames names) {
    this.lists = lists;
    this.names = names;
  }

  /** What the checks at RCPT need. */
  Stranger forRecipient(Arrival arrival, GuardSettings settings) {
    return ask(arrival, settings, settings.reverse().isAsked());
  }

  /** What suspicion needs: also the name. */
  Stranger forSuspicion(Arrival arrival, GuardSettings settings) {
    return ask(arrival, settings, true);
  }

  /** What was learnt of a session so far, without asking. */
  Stranger known(Arrival arrival) {
    return recent.find(Session.of(arrival)).orElse(Stranger.UNKNOWN);
  }

  private Stranger ask(Arrival arrival, GuardSettings settings, boolean name) {
    GuardSettings.DnsListing listing = settings.dnsLists();
    if (listing.lists().isEmpty() && !name) {
      return Stranger.UNKNOWN;
    }
    Stranger before = known(arrival);
    Stranger after = before;
    if (!listing.lists().isEmpty() && before.lists().isEmpty()) {
      after = after.with(lists.ask(arrival.client(), listing.lists(), listing.timeout()));
    }
    if (name && before.reverse().isEmpty() && !after.isVouchedFor()) {
      after = after.with(names.of(arrival.client()));
    }
    if (!after.equals(before)) {
      recent.put(Session.of(arrival), after);
    }
    return after;
  }
}
