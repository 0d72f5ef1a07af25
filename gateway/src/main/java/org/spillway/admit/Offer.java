package org.spillway.admit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spillway.auth.message.PendingAuthentication;
import org.spillway.mail.Arrival;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;

/**
 * What a client offers at one stage, with what the checks have found so far: the one immutable
 * value that the admission route carries.
 *
 * @param arrival who offers
 * @param envelope as far as it is known
 * @param recipient the recipient asked about, at RCPT
 * @param message the whole message, at end of data
 * @param pending its authentication, when it is authenticated
 * @param findings in the order of the checks
 * @param line the line to the client, at the greeting
 */
public record Offer(
    Arrival arrival,
    Optional<Envelope> envelope,
    Optional<Recipient> recipient,
    Optional<Message> message,
    Optional<PendingAuthentication> pending,
    List<Finding> findings,
    Line line) {
  public Offer {
    findings = List.copyOf(findings);
  }

  static Offer connection(Arrival arrival, Line line) {
    return new Offer(
        arrival,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        line);
  }

  static Offer sender(Arrival arrival, Envelope envelope) {
    return new Offer(
        arrival,
        Optional.of(envelope),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Line.QUIET);
  }

  static Offer recipient(Arrival arrival, Envelope envelope, Recipient recipient) {
    return new Offer(
        arrival,
        Optional.of(envelope),
        Optional.of(recipient),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Line.QUIET);
  }

  static Offer message(Message message, Optional<PendingAuthentication> pending) {
    return new Offer(
        message.arrival(),
        Optional.of(message.envelope()),
        Optional.empty(),
        Optional.of(message),
        pending,
        List.of(),
        Line.QUIET);
  }

  /** The same offer with one more finding. */
  Offer with(Finding finding) {
    return with(List.of(finding));
  }

  /** The same offer with more findings. */
  Offer with(List<Finding> found) {
    List<Finding> more = new ArrayList<>(findings);
    more.addAll(found);
    return new Offer(arrival, envelope, recipient, message, pending, more, line);
  }

  /** The finding of that kind, when its check has run. */
  <F extends Finding> Optional<F> finding(Class<F> kind) {
    return findings.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** The recipients asked about: one at RCPT, all at end of data. */
  List<Recipient> recipientsAsked() {
    return recipient.map(List::of).or(() -> envelope.map(Envelope::recipients)).orElse(List.of());
  }
}
