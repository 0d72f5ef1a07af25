package org.spillway.auth.dmarc;

import java.util.List;
import java.util.Optional;

/**
 * A DMARC policy record that can be applied (RFC 9989 §4.7).
 *
 * @param p for the domain itself
 * @param sp for its subdomains; empty when not said
 * @param np for subdomains that do not exist; empty when not said
 * @param adkim how close DKIM must be
 * @param aspf how close SPF must be
 * @param psd whether it stands at a public suffix
 * @param testing t=y: one level milder, please
 * @param percent of failing mail that the policy is for; always 100 under RFC 9989
 * @param rua where aggregate reports go, in the order given
 * @param ruf where failure reports go; we send none
 * @param fo failure reporting options, as published or {@code 0}
 * @param remarks what was wrong or unknown and left out, for reports and people
 */
public record DmarcRecord(
    Policy p,
    Optional<Policy> sp,
    Optional<Policy> np,
    Alignment adkim,
    Alignment aspf,
    Psd psd,
    boolean testing,
    int percent,
    List<ReportUri> rua,
    List<ReportUri> ruf,
    String fo,
    List<String> remarks) {
  public DmarcRecord {
    rua = List.copyOf(rua);
    ruf = List.copyOf(ruf);
    remarks = List.copyOf(remarks);
  }

  /** What a TXT record turned out to be. */
  public sealed interface Reading {}

  /** A record to apply. */
  public record Valid(DmarcRecord record) implements Reading {}

  /**
   * A DMARC record that says nothing that can be applied.
   *
   * @param psd still guides the tree walk
   */
  public record Invalid(String why, Psd psd) implements Reading {}

  /** Not a DMARC record: does not begin with {@code v=DMARC1} (RFC 9989 §4.10 step 2). */
  public record Foreign(String why) implements Reading {}

  /** Reads the text of a TXT record. Never throws. */
  public static Reading parse(String text, Rules rules) {
    return new RecordParser(rules).parse(text);
  }

  /** The policy for subdomains: sp, else p (RFC 9989 §4.7). */
  public Policy forSubdomains() {
    return sp.orElse(p);
  }

  /** The policy for subdomains that do not exist: np, else sp, else p (RFC 9989 §4.7). */
  public Policy forMissing() {
    return np.orElseGet(this::forSubdomains);
  }
}
