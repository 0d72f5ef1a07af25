package org.spillway.deliver;

import java.util.List;
import java.util.Map;
import org.spillway.route.Site;
import org.spillway.spool.Entry;

/** Carries copies to the hosts of one site and says what became of each recipient. */
public interface Courier extends AutoCloseable {
  /**
   * Makes one attempt: one transaction over a new or kept connection. Blocks; never throws for what
   * a peer does. Calls {@link FinalDot#about} after the content went out and before the final dot.
   *
   * @param recipients indexes into the entry's envelope; no more than the site's limit
   * @param destination the recipient domain for {@link Site.Kind#MX}, else empty
   * @return an outcome for each of the recipients
   */
  Map<Integer, Outcome> attempt(
      Site site,
      java.util.Optional<org.spillway.mail.Domain> destination,
      Entry entry,
      List<Integer> recipients,
      FinalDot note);

  /** Goes as deep as the site allows without sending mail, and says where it failed. */
  Probe probe(Site site, String host);

  /** Gives up the kept connections of a site. */
  void drop(Site site);

  @Override
  void close();

  /** Told just before the point of no return. */
  interface FinalDot {
    /** The content went out, the final dot did not; throws when the note cannot be written. */
    void about(String hop) throws java.io.IOException;
  }

  /** What a probe found. */
  sealed interface Probe {
    /** Every step was answered well. */
    record Good(String hop) implements Probe {}

    /** That step failed. */
    record Bad(String hop, Outcome.Step step, String why) implements Probe {}
  }
}
