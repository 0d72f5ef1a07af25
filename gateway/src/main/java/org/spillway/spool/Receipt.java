package org.spillway.spool;

import org.spillway.mail.EntryId;

/** What a commit came to. */
public sealed interface Receipt {
  /** On disk here, and on as many disks as {@code copies} says: the one case for a 250. */
  record Safe(EntryId id, int copies) implements Receipt {}

  /** No space: 452 4.3.1. */
  record Full(String why) implements Receipt {}

  /** The disk, the partner or the lease failed: 451 4.3.0. Nothing of it will be delivered. */
  record NotSafe(String why) implements Receipt {}
}
