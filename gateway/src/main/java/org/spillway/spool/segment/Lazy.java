package org.spillway.spool.segment;

import org.spillway.mail.EntryId;
import org.spillway.spool.code.State;

/**
 * A state change that waits to ride with the next batch; a newer one of the same entry replaces it.
 */
sealed interface Lazy {
  /** What will be written. */
  LogRecord record();

  /** Whose it is. */
  default EntryId id() {
    return record().id();
  }

  /**
   * An entry stands otherwise.
   *
   * @param state in plain form, for who asks before it is written
   */
  record Changed(LogRecord record, State state) implements Lazy {}

  /**
   * An entry has ended.
   *
   * @param hadFile true when its content is a file, to be removed once the end is safe
   */
  record Ended(LogRecord record, boolean hadFile) implements Lazy {}
}
