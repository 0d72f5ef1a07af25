package org.spillway.auth.dkim;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spillway.mail.Domain;

/**
 * What was found of one signature. What could not be read is empty.
 *
 * @param cause why it has its result
 * @param detail more about the cause, for people; may be empty
 * @param kind which sort of signature this is
 * @param domain who signed, d=
 * @param selector s=
 * @param algorithm a= as written
 * @param keyBits size of the key that was used, 0 when none was
 * @param identity i= as written, {@code @} and the domain when it was left out
 * @param prefix the first eight characters of b=, which tell signatures apart (RFC 6008)
 * @param signed names of the signed fields in lower case, in the order and number of h=
 * @param uncoveredBytes bytes of the body beyond l=, which anybody may have added; above 0 a policy
 *     may want to refuse the pass (RFC 6376 §8.2)
 * @param added fields that may stand once but stand more often than they are signed (RFC 6376
 *     §8.15)
 * @param testing true when the key says so (t=y): a failure is no worse than no signature
 * @param signedAt t=
 */
public record DkimResult(
    DkimCause cause,
    String detail,
    SignatureKind kind,
    Optional<Domain> domain,
    String selector,
    String algorithm,
    int keyBits,
    String identity,
    String prefix,
    List<String> signed,
    long uncoveredBytes,
    List<String> added,
    boolean testing,
    Optional<Instant> signedAt) {

  /** The results of RFC 8601 §2.7.1, the best first. */
  public enum Word {
    PASS,
    TEMPERROR,
    FAIL,
    POLICY,
    PERMERROR,
    NEUTRAL,
    NONE;

    /** As it stands in Authentication-Results. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public DkimResult {
    signed = List.copyOf(signed);
    added = List.copyOf(added);
  }

  /** The result. */
  public Word word() {
    return cause.word();
  }

  /** True when it verified. */
  public boolean isPass() {
    return cause == DkimCause.GOOD;
  }

  /** The result of a message: its best, none without signatures. */
  public static Word overall(List<DkimResult> results) {
    Word best = Word.NONE;
    for (DkimResult result : results) {
      if (result.word().compareTo(best) < 0) {
        best = result.word();
      }
    }
    return best;
  }
}
