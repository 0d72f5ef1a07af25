package org.spillway.deliver;

import java.time.Duration;
import java.util.Optional;
import org.spillway.mail.EntryId;
import org.spillway.mail.Recipient;
import org.spillway.mail.ReversePath;
import org.spillway.route.SiteName;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/** Writes the one log line that each recipient's disposition gets. */
@FunctionalInterface
public interface DispositionLog {
  /** Writes a line; never blocks for long and never throws. */
  void write(Line line);

  /**
   * One recipient came to stand otherwise.
   *
   * @param entry the message, as it was before
   * @param index the recipient's index in its envelope
   * @param disposition how it stands now
   * @param site where it was tried, when it was
   * @param hop the host of that site; empty when there was none
   * @param age how long ago the message was accepted
   */
  record Line(
      Entry entry,
      int index,
      Disposition disposition,
      Optional<SiteName> site,
      String hop,
      Duration age) {
    /** The message's name. */
    public EntryId id() {
      return entry.id();
    }

    /** The sender. */
    public ReversePath from() {
      return entry.envelope().from();
    }

    /** The recipient. */
    public Recipient recipient() {
      return entry.envelope().recipients().get(index);
    }
  }
}
