package org.spillway.auth.dmarc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.spillway.mail.Domain;

/**
 * What DMARC says of one author domain of a message.
 *
 * @param word the result for Authentication-Results
 * @param why one sentence for people
 * @param author the domain in From; empty when From names none
 * @param published the record that applies and the name it was found at; empty when there is none
 * @param organizational the organizational domain of the author, where it was needed; else empty
 * @param requested what the record asks for mail of this author that fails (p, sp or np); {@code
 *     NONE} without a record
 * @param applied what is to be done by the domain's wish: {@code NONE} unless the word is {@code
 *     FAIL}; milder than requested in test mode
 * @param leniency why it is milder
 * @param aligned the authenticated identifiers that stand behind the author
 * @param queries the names asked for records, in order
 */
public record DmarcResult(
    Word word,
    String why,
    Optional<Domain> author,
    Optional<Published> published,
    Optional<Domain> organizational,
    Policy requested,
    Policy applied,
    Leniency leniency,
    List<Aligned> aligned,
    List<String> queries) {

  /** The words of RFC 9989 §9.2, best first. */
  public enum Word {
    PASS,
    NONE,
    TEMPERROR,
    PERMERROR,
    FAIL;

    /** As it stands in Authentication-Results. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Why less is applied than requested. */
  public enum Leniency {
    /** It is not. */
    NO,
    /** t=y (RFC 9989 §4.7). */
    TEST_MODE,
    /** pct spared this message (RFC 7489 §6.6.4). */
    SAMPLED_OUT
  }

  /** Where an identifier comes from. */
  public enum Mechanism {
    SPF,
    DKIM
  }

  /** An authenticated domain that is aligned with the author's. */
  public record Aligned(Mechanism mechanism, Domain domain) {}

  /** A record and the domain it stands at, without {@code _dmarc}. */
  public record Published(Domain at, DmarcRecord record) {}

  public DmarcResult {
    aligned = List.copyOf(aligned);
    queries = List.copyOf(queries);
  }

  /** True when an identifier of this mechanism is aligned. */
  public boolean aligned(Mechanism mechanism) {
    return aligned.stream().anyMatch(a -> a.mechanism() == mechanism);
  }

  /**
   * The one that counts when From names several domains: the strictest policy of those that fail,
   * else the worst word (RFC 9989 §11.5).
   *
   * @param results at least one
   */
  public static DmarcResult strictest(List<DmarcResult> results) {
    return results.stream()
        .max(Comparator.comparing(DmarcResult::applied).thenComparing(DmarcResult::word))
        .orElseThrow();
  }

  /** A result for a message whose From names no domain. */
  static DmarcResult withoutAuthor(String why) {
    return new DmarcResult(
        Word.NONE,
        why,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Policy.NONE,
        Policy.NONE,
        Leniency.NO,
        List.of(),
        List.of());
  }
}
