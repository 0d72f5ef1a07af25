package org.spillway.admit;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.spillway.auth.dmarc.DmarcResult;
import org.spillway.auth.dmarc.Policy;
import org.spillway.auth.message.Authentication;
import org.spillway.auth.spf.SpfResult;
import org.spillway.mail.Arrival;
import org.spillway.mail.Reply;
import org.spillway.metrics.Metrics;

/** Judges what authentication found; where it is only recorded it is counted, and not done. */
final class AuthJudge {
  private static final String COUNTER = "spillway_auth_verdicts_total";

  private final Supplier<AuthenticationSettings> settings;
  private final Metrics metrics;
  private final Predicate<Arrival> recordedOnly;

  AuthJudge(
      Supplier<AuthenticationSettings> settings, Metrics metrics, Predicate<Arrival> recordedOnly) {
    this.settings = settings;
    this.metrics = metrics;
    this.recordedOnly = recordedOnly;
  }

  /** What is to be said, given what would be said but for authentication. */
  Verdict judge(Offer offer, Verdict otherwise) {
    Optional<Finding.Authenticated> found = offer.finding(Finding.Authenticated.class);
    if (found.isEmpty()) {
      return otherwise;
    }
    AuthenticationSettings now = settings.get();
    Verdict verdict = verdict(found.get(), now, otherwise);
    metrics.count(
        COUNTER,
        "dmarc",
        found.get().results().policy().word().text(),
        "verdict",
        word(verdict, otherwise));
    return recordedOnly.test(offer.arrival()) ? otherwise : verdict;
  }

  private static String word(Verdict verdict, Verdict otherwise) {
    if (verdict == otherwise) {
      return "accepted";
    }
    return switch (verdict) {
      case Verdict.Accept _ -> "accepted";
      case Verdict.Quarantine _ -> "quarantined";
      case Verdict.Defer _ -> "deferred";
      case Verdict.Refuse _, Verdict.HangUp _ -> "refused";
    };
  }

  private static Verdict verdict(
      Finding.Authenticated found, AuthenticationSettings settings, Verdict otherwise) {
    Authentication seen = found.results();
    if (seen.isTemporary()) {
      return switch (settings.onError()) {
        case ACCEPT -> otherwise;
        case DEFER -> // RFC 9989 §5.3.6, RFC 7208 §8.6
            new Verdict.Defer(
                Reply.of(451, "4.4.3", "Sender cannot be authenticated now: DNS error"));
      };
    }
    DmarcResult policy = seen.policy();
    String domain = policy.author().map(d -> " of " + d).orElse("");
    return switch (found.handling().disposition()) {
      case REJECT -> // RFC 7489 §10.3, RFC 9989 §8
          new Verdict.Refuse(Reply.of(550, "5.7.1", "Rejected by the DMARC policy" + domain));
      case QUARANTINE ->
          new Verdict.Quarantine(otherwise.reply(), "DMARC policy" + domain + ": " + policy.why());
      case NONE -> spf(seen, settings, otherwise);
    };
  }

  /** RFC 7372 §3.2; only where no DMARC policy speaks for the domain, and DMARC did not pass. */
  private static Verdict spf(
      Authentication seen, AuthenticationSettings settings, Verdict otherwise) {
    SpfResult spf = seen.spf().mailFrom();
    boolean silent =
        seen.policy().word() != DmarcResult.Word.PASS && seen.policy().requested() == Policy.NONE;
    if (!settings.refusesSpfFail() || !silent || spf.word() != SpfResult.Word.FAIL) {
      return otherwise;
    }
    String words = spf.explanation().map(text -> ": " + text).orElse(""); // RFC 7208 §8.4
    return new Verdict.Refuse(Reply.of(550, "5.7.23", "SPF of " + spf.domain() + " fails" + words));
  }
}
