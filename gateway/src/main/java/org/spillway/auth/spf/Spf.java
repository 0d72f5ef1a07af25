package org.spillway.auth.spf;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;

/**
 * Checks clients against the records of the domains they claim (RFC 7208). Has no life of its own:
 * one for the whole gateway, used by any number of threads; blocks while the DNS is asked.
 */
public final class Spf {
  private final Dns dns;
  private final InstantSource clock;
  private final SpfSettings settings;
  private final ParsedRecords records;

  /** Asks nothing yet. */
  public Spf(Dns dns, InstantSource clock, SpfSettings settings) {
    this.dns = dns;
    this.clock = clock;
    this.settings = settings;
    this.records = new ParsedRecords(settings.keptRecords());
  }

  SpfSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  ParsedRecords records() {
    return records;
  }

  /** Checks both identities, the greeting first (RFC 7208 §2.3). Never throws. */
  public SpfVerdict verify(SpfRequest request) {
    SpfResult helo = check(request, SpfResult.Identity.HELO);
    if (request.from().isNull()) { // RFC 7208 §2.4: the same identity
      return new SpfVerdict(helo, as(helo, SpfResult.Identity.MAIL_FROM), true);
    }
    return new SpfVerdict(helo, check(request, SpfResult.Identity.MAIL_FROM), false);
  }

  private static SpfResult as(SpfResult r, SpfResult.Identity identity) {
    return new SpfResult(
        r.word(),
        r.cause(),
        identity,
        r.sender(),
        r.domain(),
        r.path(),
        r.lookups(),
        r.explanation());
  }

  /**
   * Checks one identity; the null reverse-path as {@code postmaster@} the HELO name (RFC 7208
   * §2.4). Never throws.
   */
  public SpfResult check(SpfRequest request, SpfResult.Identity identity) {
    Subject subject =
        switch (identity) {
          case HELO -> Subject.helo(request);
          case MAIL_FROM -> Subject.mailFrom(request);
        };
    Optional<String> domain = HostName.checkable(subject.domain());
    if (domain.isEmpty()) { // RFC 7208 §4.3
      return new SpfResult(
          SpfResult.Word.NONE,
          new SpfCause.NoDomain(subject.domain()),
          identity,
          subject.sender(),
          subject.domain(),
          List.of(),
          0,
          Optional.empty());
    }
    Questions questions = new Questions(dns, clock, clock.instant().plus(settings.timeLimit()));
    Evaluation evaluation = new Evaluation(this, questions, subject);
    Evaluation.Said said = evaluation.check(domain.get(), domain.get());
    return new SpfResult(
        said.word(),
        said.cause(),
        identity,
        subject.sender(),
        domain.get(),
        evaluation.path(),
        evaluation.lookups(),
        explanation(said, evaluation, questions));
  }

  /** RFC 7208 §6.2: any trouble with the explanation is as if there were none. */
  private Optional<String> explanation(
      Evaluation.Said said, Evaluation evaluation, Questions questions) {
    if (said.word() != SpfResult.Word.FAIL
        || said.explanation().isEmpty()
        || settings.explanationChars() == 0) {
      return Optional.empty();
    }
    MacroValues values = evaluation.values(said.domain());
    return said.explanation()
        .get()
        .host(values)
        .flatMap(host -> only(questions.txt(host)))
        .flatMap(text -> expanded(text, values))
        .filter(text -> text.chars().allMatch(c -> c >= 0x20 && c < 0x7f));
  }

  private static Optional<String> only(Answer<String> answer) {
    return answer instanceof Answer.Found<String>(List<String> texts, boolean _)
            && texts.size() == 1
        ? Optional.of(texts.getFirst())
        : Optional.empty();
  }

  private Optional<String> expanded(String text, MacroValues values) {
    return switch (MacroText.explanation(text)) {
      case MacroText.Parsed.Good(MacroText macros) ->
          Optional.of(macros.text(values, settings.explanationChars())).filter(t -> !t.isEmpty());
      case MacroText.Parsed.Bad _ -> Optional.empty();
    };
  }
}
