package org.spillway.dns;

import org.spillway.dns.upstream.Deadline;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/** Where answers come from, and whether they are proved. */
interface Source {
  /** Asks one question; the look-up follows aliases. */
  Told ask(Record question, Deadline deadline);

  /** What came of a question. */
  sealed interface Told {
    /** An answer, NOERROR or NXDOMAIN. */
    record Answered(Message message, boolean secure) implements Told {}

    /**
     * None.
     *
     * @param bogus there was one, and it fails DNSSEC
     */
    record Unanswered(String why, boolean bogus) implements Told {}
  }
}
