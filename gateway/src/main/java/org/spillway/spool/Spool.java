package org.spillway.spool;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.spillway.mail.EntryId;
import org.spillway.route.SiteName;

/**
 * The durable store of accepted mail. A message is safe when {@link Draft#commit} answers {@link
 * Receipt.Safe}; it is gone when every recipient's disposition is final. All methods may be called
 * from any thread.
 */
public interface Spool extends AutoCloseable {
  /** Begins a message; nothing is promised until the draft is committed. */
  Draft draft(EntryId id);

  /** The entry with its present standings; empty when it never was or is gone. */
  Optional<Entry> entry(EntryId id) throws IOException;

  /** Shows every entry that has a recipient without a final disposition, oldest first. */
  void forEachLive(Consumer<Entry> visitor) throws IOException;

  /** How many such entries there are. */
  long liveEntries();

  /**
   * Notes that a copy is about to pass its final dot, so that after a crash its outcome counts as
   * Unknown. Returns when the note is in the file (written, not forced).
   *
   * @param recipients indexes into the envelope
   * @param site where it goes
   * @param hop which host of it
   */
  void attempt(EntryId id, List<Integer> recipients, SiteName site, String hop) throws IOException;

  /**
   * Stores how recipients stand from now on; seen at once by {@link #entry}, written within 50 ms,
   * not forced (a lost one costs a duplicate, never a loss).
   */
  void settle(EntryId id, Map<Integer, Disposition> standings) throws IOException;

  /** How full the spool is. */
  Room room();

  /** Empty while the spool is sound; else what broke. A broken spool accepts nothing more. */
  Optional<String> broken();

  @Override
  void close() throws IOException;
}
