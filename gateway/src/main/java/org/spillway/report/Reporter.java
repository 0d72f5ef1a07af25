package org.spillway.report;

import java.util.Map;
import java.util.Set;
import org.spillway.spool.Disposition;
import org.spillway.spool.Entry;

/**
 * Tells senders what became of their mail, where they asked or must be told (RFC 3461, RFC 3464).
 */
public interface Reporter {
  /**
   * Recipients have come to a final disposition.
   *
   * @param entry as it was before
   * @param now the new dispositions by index
   */
  void settled(Entry entry, Map<Integer, Disposition> now);

  /** Recipients wait for so long that the sender may be told; each is given once. */
  void delayed(Entry entry, Set<Integer> recipients, String why);
}
