package org.spillway.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Domain;
import org.spillway.route.Ask;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Recipients of one copy whose turn has come.
 *
 * @param entry the message, with how its recipients stand
 * @param recipients indexes into its envelope; each is Waiting
 * @param ask what decides where they may go
 * @param lane the site whose turn it is; empty when there was none
 * @param destination the recipient domain, for direct delivery
 * @param age of the message, by a clock that nobody steps
 */
public record Job(
    Entry entry,
    List<Integer> recipients,
    Ask ask,
    Optional<SiteName> lane,
    Optional<Domain> destination,
    Duration age) {
  public Job {
    recipients = List.copyOf(recipients);
  }

  /** How a recipient stands before this turn. */
  public Disposition.Waiting waiting(int recipient) {
    return entry.standings().get(recipient) instanceof Disposition.Waiting waiting
        ? waiting
        : Disposition.Waiting.fresh(entry.arrival().at());
  }
}
