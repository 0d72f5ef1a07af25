package org.spillway.auth.spf;

import java.time.Duration;

/**
 * The bounds of SPF.
 *
 * @param host how we call ourselves, for {@code %{r}}
 * @param lookups most terms that ask the DNS (RFC 7208 §4.6.4: 10)
 * @param voids most terms whose answer is empty (RFC 7208 §4.6.4: 2)
 * @param timeLimit for one identity (RFC 7208 §4.6.4: at least 20 s); checked before each question
 * @param explanationChars most characters of an explanation; 0 asks for none
 * @param keptRecords most parsed records that are kept
 */
public record SpfSettings(
    String host,
    int lookups,
    int voids,
    Duration timeLimit,
    int explanationChars,
    int keptRecords) {

  /** The RFC's values, 400 characters of explanation, 10,000 records. */
  public static SpfSettings usual(String host) {
    return new SpfSettings(host, 10, 2, Duration.ofSeconds(20), 400, 10_000);
  }
}
