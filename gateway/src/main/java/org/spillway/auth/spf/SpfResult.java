package org.spillway.auth.spf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spillway.auth.AuthReport;

/**
 * What SPF says of one identity (RFC 7208 §2.6).
 *
 * @param word the result
 * @param cause why
 * @param identity what was checked
 * @param sender the identity with its local part, {@code postmaster@} where it has none (§4.3)
 * @param domain whose record was asked for first; as given when it is malformed
 * @param path the records walked: the domain, then {@code include:…} and {@code redirect=…}
 * @param lookups terms that asked the DNS
 * @param explanation the domain owner's words for a fail, printable ASCII (§6.2)
 */
public record SpfResult(
    Word word,
    SpfCause cause,
    Identity identity,
    String sender,
    String domain,
    List<String> path,
    int lookups,
    Optional<String> explanation) {
  public SpfResult {
    path = List.copyOf(path);
  }

  /** The results (RFC 7208 §2.6). */
  public enum Word {
    /** No domain to check, or it has no record. */
    NONE,
    /** The domain says nothing of the client. */
    NEUTRAL,
    /** The client may send. */
    PASS,
    /** The client may not send. */
    FAIL,
    /** The client probably may not send. */
    SOFTFAIL,
    /** The DNS failed: ask again later. */
    TEMPERROR,
    /** The record cannot be used. */
    PERMERROR;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The RFC's word, in lower case. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** What was checked (RFC 7208 §2.3, §2.4). */
  public enum Identity {
    /** The name that the client greeted with. */
    HELO,
    /** The reverse-path. */
    MAIL_FROM
  }

  /** The term that matched, as written in the first record. */
  public Optional<String> mechanism() {
    return cause instanceof SpfCause.Matched(List<SpfCause.Hit> hits)
        ? Optional.of(hits.getFirst().term())
        : Optional.empty();
  }

  /** The entry for an Authentication-Results field (RFC 8601 §2.7.2). */
  public AuthReport.Entry entry() {
    AuthReport.Entry entry = AuthReport.Entry.of("spf", word.toString());
    if (word == Word.TEMPERROR || word == Word.PERMERROR) {
      entry = entry.because(cause.text());
    }
    return switch (identity) {
      case HELO -> entry.with("smtp", "helo", domain);
      case MAIL_FROM -> entry.with("smtp", "mailfrom", sender);
    };
  }
}
