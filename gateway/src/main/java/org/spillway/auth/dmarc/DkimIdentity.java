package org.spillway.auth.dmarc;

import org.spillway.mail.Domain;

/**
 * What DKIM said of one signature (RFC 9989 §4.4.1).
 *
 * @param domain the d= tag
 * @param selector the s= tag
 * @param result in the words of RFC 8601 §2.7.1, lower case
 */
public record DkimIdentity(Domain domain, String selector, String result) {
  /** True when the domain is authenticated. */
  public boolean passed() {
    return result.equals("pass");
  }
}
