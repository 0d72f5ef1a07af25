package org.spillway.dns;

import java.util.List;

/** What the DNS answered. */
public sealed interface Answer<T> {
  /**
   * Records.
   *
   * @param secure true when DNSSEC proved them and every alias that led to them (RFC 4033 §5)
   */
  record Found<T>(List<T> records, boolean secure) implements Answer<T> {
    public Found {
      records = List.copyOf(records);
    }
  }

  /**
   * There are none.
   *
   * @param nameExists false for NXDOMAIN
   */
  record Absent<T>(boolean nameExists) implements Answer<T> {}

  /** Time-out, SERVFAIL, nonsense or an answer that fails DNSSEC: ask again later. */
  record Failed<T>(String why) implements Answer<T> {}
}
