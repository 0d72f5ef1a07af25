package org.spillway.auth.spf;

import java.util.List;
import org.spillway.auth.AuthReport;

/**
 * SPF of both identities (RFC 7208 §2.3, §2.4).
 *
 * @param helo of the greeting
 * @param mailFrom of the reverse-path; for the null one the same evaluation as of the greeting
 * @param nullSender true when the reverse-path is null
 */
public record SpfVerdict(SpfResult helo, SpfResult mailFrom, boolean nullSender) {

  /**
   * The entries for an Authentication-Results field: the reverse-path's first, the greeting's when
   * it has a record, or when there is nothing else.
   */
  public List<AuthReport.Entry> entries() {
    if (nullSender) {
      return List.of(helo.entry());
    }
    return helo.word() == SpfResult.Word.NONE
        ? List.of(mailFrom.entry())
        : List.of(mailFrom.entry(), helo.entry());
  }
}
