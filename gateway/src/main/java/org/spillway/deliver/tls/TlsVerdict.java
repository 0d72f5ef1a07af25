package org.spillway.deliver.tls;

import java.util.Optional;

/** What a session is worth. */
public sealed interface TlsVerdict {
  /**
   * All that was demanded is there.
   *
   * @param provedBy for people: {@code DANE}, {@code MTA-STS}, {@code certificate}; empty for TLS
   *     with anybody, or none
   * @param verified true when REQUIRETLS may be said: the host is proved and so is who is there
   */
  record Met(Optional<String> provedBy, boolean verified) implements TlsVerdict {}

  /**
   * Something is not: no MAIL on this session.
   *
   * @param askedBy whose demand it is: {@code DANE}, {@code MTA-STS} or our own floor
   */
  record Unmet(TlsFault fault, String askedBy) implements TlsVerdict {
    /** For log and trace. */
    public String words() {
      return askedBy + ": " + fault.words();
    }
  }
}
