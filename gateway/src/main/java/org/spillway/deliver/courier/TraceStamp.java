package org.spillway.deliver.courier;

import java.util.List;
import org.spillway.spool.Entry;

/** Says what stands first in each copy that goes out, so that we know it again. */
public interface TraceStamp {
  /** No stamp at all. */
  TraceStamp NONE = (_, _) -> "";

  /**
   * The header field for one copy, {@code X-Spillway-Trace: …} with or without its CRLF; empty for
   * none.
   *
   * @param recipients indexes into the entry's envelope
   */
  String headerFor(Entry entry, List<Integer> recipients);
}
