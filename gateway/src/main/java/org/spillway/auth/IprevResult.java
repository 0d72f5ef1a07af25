package org.spillway.auth;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether a client's address and name point to each other (RFC 8601 §3).
 *
 * @param word the result
 * @param client its address
 * @param name the confirmed name, in lower case; only with PASS
 * @param why in words
 */
public record IprevResult(Word word, IpBits client, Optional<String> name, String why) {
  /** The results (RFC 8601 §2.7.3). */
  public enum Word {
    /** A name of the address points back to it. */
    PASS,
    /** It has names; none of them points back. */
    FAIL,
    /** The DNS failed: ask again later. */
    TEMPERROR,
    /** The address has no name. */
    PERMERROR;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The RFC's word, in lower case. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** The entry for an Authentication-Results field (RFC 8601 §2.7.3). */
  public AuthReport.Entry entry() {
    AuthReport.Entry entry = AuthReport.Entry.of("iprev", word.toString());
    return entry.with("policy", "iprev", client.readable());
  }
}
