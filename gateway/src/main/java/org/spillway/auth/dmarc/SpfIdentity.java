package org.spillway.auth.dmarc;

import org.spillway.mail.Domain;

/**
 * What SPF said of the MAIL FROM identity, the only one DMARC counts (RFC 9989 §4.4.2).
 *
 * @param domain of the reverse-path, or of HELO for the null reverse-path (RFC 7208 §2.4)
 * @param result in the words of RFC 8601 §2.7.2, lower case
 */
public record SpfIdentity(Domain domain, String result) {
  /** True when the domain is authenticated. */
  public boolean passed() {
    return result.equals("pass");
  }
}
