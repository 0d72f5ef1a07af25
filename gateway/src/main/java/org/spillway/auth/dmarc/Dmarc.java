package org.spillway.auth.dmarc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.spillway.auth.dmarc.DmarcResult.Aligned;
import org.spillway.auth.dmarc.DmarcResult.Leniency;
import org.spillway.auth.dmarc.DmarcResult.Published;
import org.spillway.auth.dmarc.DmarcResult.Word;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/**
 * Evaluates DMARC for a message (RFC 9989 §5.3). Safe to share; every call is on its own. Asks at
 * most eight names for the author, and up to seven more for an identifier below its organizational
 * domain; an ordinary message costs one query.
 */
public final class Dmarc {
  private final Dns dns;
  private final DmarcSettings settings;
  private final RandomGenerator chance;

  /**
   * An evaluator.
   *
   * @param chance decides whom pct spares, under RFC 7489 only
   */
  public Dmarc(Dns dns, DmarcSettings settings, RandomGenerator chance) {
    this.dns = dns;
    this.settings = settings;
    this.chance = chance;
  }

  /**
   * Evaluates every author domain of a message; {@link DmarcResult#strictest} says which counts.
   *
   * @return at least one result, in the order of the domains
   */
  public List<DmarcResult> evaluate(
      AuthorDomain author, Optional<SpfIdentity> spf, List<DkimIdentity> dkim) {
    return switch (author) {
      case AuthorDomain.One(Domain domain, List<String> _) -> List.of(evaluate(domain, spf, dkim));
      case AuthorDomain.Several several ->
          several.domains().stream().map(domain -> evaluate(domain, spf, dkim)).toList();
      case AuthorDomain.None(String why) -> List.of(DmarcResult.withoutAuthor(why));
    };
  }

  /** Evaluates one author domain. Never throws. */
  public DmarcResult evaluate(Domain author, Optional<SpfIdentity> spf, List<DkimIdentity> dkim) {
    TreeWalk walk = new TreeWalk(dns, settings.rules());
    Discovery discovery = new Discovery(walk, dns, settings.rules());
    return switch (discovery.of(author)) {
      case Discovery.Nothing(Word word, String why, Optional<Domain> organizational) ->
          new DmarcResult(
              word,
              why,
              Optional.of(author),
              Optional.empty(),
              organizational,
              Policy.NONE,
              Policy.NONE,
              Leniency.NO,
              List.of(),
              walk.queries());
      case Discovery.Record found ->
          judged(
              author, found, new AlignmentCheck(walk, author, found).run(spf, first(dkim)), walk);
    };
  }

  /** The signatures to look at, passing ones first, so that junk in front hides none. */
  private List<DkimIdentity> first(List<DkimIdentity> dkim) {
    return dkim.stream()
        .sorted(Comparator.comparing((DkimIdentity d) -> !d.passed()))
        .limit(settings.mostSignatures())
        .toList();
  }

  private DmarcResult judged(
      Domain author, Discovery.Record found, AlignmentCheck.Outcome outcome, TreeWalk walk) {
    List<Aligned> aligned = outcome.aligned();
    Word word =
        !aligned.isEmpty() ? Word.PASS : outcome.unsure().isPresent() ? Word.TEMPERROR : Word.FAIL;
    DmarcRecord record = found.record();
    Leniency leniency = word == Word.FAIL ? leniency(record, found.requested()) : Leniency.NO;
    Policy applied = leniency == Leniency.NO ? found.requested() : found.requested().milder();
    return new DmarcResult(
        word,
        why(word, aligned, outcome.unsure()),
        Optional.of(author),
        Optional.of(new Published(found.at(), record)),
        outcome.organizational(),
        found.requested(),
        word == Word.FAIL ? applied : Policy.NONE, // RFC 9989 §5.3.6: errors apply no policy
        leniency,
        aligned,
        walk.queries());
  }

  private static String why(Word word, List<Aligned> aligned, Optional<String> unsure) {
    if (word == Word.PASS) {
      Aligned first = aligned.getFirst();
      return first.mechanism() + " of " + first.domain() + " is aligned";
    }
    return unsure.orElse("no authenticated domain is aligned");
  }

  private Leniency leniency(DmarcRecord record, Policy requested) {
    if (requested == Policy.NONE) {
      return Leniency.NO; // RFC 9989 §4.7: t has no effect on none
    }
    if (record.testing()) {
      return Leniency.TEST_MODE;
    }
    boolean spared = record.percent() < 100 && chance.nextInt(100) >= record.percent();
    return spared ? Leniency.SAMPLED_OUT : Leniency.NO;
  }

  /** The organizational domain of a name (RFC 9989 §4.10.2), for comparing report addresses. */
  public Answer<Domain> organizational(Domain domain) {
    return switch (new TreeWalk(dns, settings.rules()).from(domain)) {
      case TreeWalk.Ended ended -> new Answer.Found<>(List.of(ended.organizational()), false);
      case TreeWalk.Broken(String why) -> new Answer.Failed<>(why);
    };
  }
}
