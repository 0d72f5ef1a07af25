package org.spillway.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;
import org.spillway.spool.Entry;

/** The recipients that wait for delivery, as the rest of the gateway sees them. */
public interface Queue {
  /** Schedules every Waiting recipient of an entry: after accept, at start, after a release. */
  void add(Entry entry);

  /**
   * Takes recipients out, so that an admin can settle them.
   *
   * @return false when one of them is in flight at this moment; nothing was taken then
   */
  boolean withdraw(EntryId id, Set<Integer> recipients);

  /** Tries the entry's recipients now, whatever their back-off; false when none waits. */
  boolean retryNow(EntryId id);

  /** How the queue stands, a row per site. */
  List<SiteQueue> sites();

  /**
   * The queue of one site.
   *
   * @param site which; empty for recipients that no site may take now
   * @param waiting recipients that wait
   * @param inFlight recipients in an attempt
   * @param connections most that are open at a time just now
   * @param oldest age of the oldest
   */
  record SiteQueue(
      Optional<SiteName> site, long waiting, long inFlight, int connections, Duration oldest) {}
}
