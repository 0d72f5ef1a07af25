package org.spillway.auth.dmarc;

import java.util.List;
import java.util.Optional;
import org.spillway.auth.dmarc.DmarcResult.Word;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;

/** Finds the record that applies to an author domain (RFC 9989 §4.10.1). */
final class Discovery {
  /** What was found. */
  sealed interface Found {}

  /**
   * A record.
   *
   * @param requested the policy it holds for this author
   */
  record Record(Domain at, DmarcRecord record, Policy requested) implements Found {}

  /** No record that can be applied. */
  record Nothing(Word word, String why, Optional<Domain> organizational) implements Found {}

  private final TreeWalk walk;
  private final Dns dns;
  private final Rules rules;

  Discovery(TreeWalk walk, Dns dns, Rules rules) {
    this.walk = walk;
    this.dns = dns;
    this.rules = rules;
  }

  Found of(Domain author) {
    return switch (walk.at(author)) {
      case TreeWalk.Unanswered(String why) -> nothing(Word.TEMPERROR, why);
      case TreeWalk.Holds(DmarcRecord.Reading reading) -> own(author, reading);
      case TreeWalk.Empty(boolean several) when several && rules == Rules.RFC7489 ->
          nothing(Word.NONE, "more than one record at _dmarc." + author); // RFC 7489 §6.6.3
      case TreeWalk.Empty _ -> inherited(author);
    };
  }

  private static Nothing nothing(Word word, String why) {
    return new Nothing(word, why, Optional.empty());
  }

  private static Found own(Domain author, DmarcRecord.Reading reading) {
    return switch (reading) {
      case DmarcRecord.Valid(DmarcRecord record) -> new Record(author, record, record.p());
      case DmarcRecord.Invalid(String why, Psd _) -> invalid(author, why);
      case DmarcRecord.Foreign(String why) -> nothing(Word.NONE, why);
    };
  }

  private static Nothing invalid(Domain at, String why) {
    return nothing(Word.PERMERROR, "the record at _dmarc." + at + " cannot be used: " + why);
  }

  /** The organizational domain's record, else that of the public suffix. */
  private Found inherited(Domain author) {
    return switch (walk.from(author)) {
      case TreeWalk.Broken(String why) -> nothing(Word.TEMPERROR, why);
      case TreeWalk.Ended(
              List<TreeWalk.Step> steps,
              Domain organizational,
              Optional<TreeWalk.Step> suffix) ->
          steps.stream()
              .filter(step -> step.at().equals(organizational))
              .filter(step -> step.place() instanceof TreeWalk.Holds)
              .findFirst()
              .or(() -> suffix)
              .map(step -> above(author, step))
              .orElseGet(
                  () ->
                      new Nothing(
                          Word.NONE, "no record for " + author, Optional.of(organizational)));
    };
  }

  private Found above(Domain author, TreeWalk.Step step) {
    if (!(step.place() instanceof TreeWalk.Holds(DmarcRecord.Reading reading))) {
      return nothing(Word.NONE, "no record for " + author);
    }
    return switch (reading) {
      case DmarcRecord.Valid(DmarcRecord record) -> forSubdomain(author, step.at(), record);
      case DmarcRecord.Invalid(String why, Psd _) -> invalid(step.at(), why);
      case DmarcRecord.Foreign(String why) -> nothing(Word.NONE, why);
    };
  }

  private Found forSubdomain(Domain author, Domain at, DmarcRecord record) {
    if (record.np().isEmpty() || record.forMissing() == record.forSubdomains()) {
      return new Record(at, record, record.forSubdomains()); // the same either way: no question
    }
    return switch (dns.a(author.name())) { // RFC 9989 §3.2.13: NXDOMAIN, and nothing less
      case Answer.Absent<?>(boolean exists) when !exists ->
          new Record(at, record, record.forMissing());
      case Answer.Failed<?>(String why) -> nothing(Word.TEMPERROR, author + ": " + why);
      case Answer.Absent<?> _, Answer.Found<?> _ -> new Record(at, record, record.forSubdomains());
    };
  }
}
