package org.spillway.smtp.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spillway.admit.Admission.RecipientVerdict;
import org.spillway.admit.Verdict;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Direction;
import org.spillway.mail.Envelope;
import org.spillway.mail.Recipient;
import org.spillway.mail.Reply;
import org.spillway.smtp.Command;
import org.spillway.smtp.MailParameters;
import org.spillway.spool.Room;

/** The envelope of one transaction as MAIL and RCPT build it (RFC 5321 §3.3). */
final class MailTransaction {
  private static final long PRESSURE_BYTES = 1 << 20;

  private final Session session;
  private Optional<Arrival> arrival = Optional.empty();
  private Optional<Envelope> sender = Optional.empty();
  private final List<Recipient> recipients = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private Direction direction = Direction.INBOUND;
  private boolean refusedSome;

  MailTransaction(Session session) {
    this.session = session;
  }

  Arrival arrival() {
    return arrival.orElseThrow();
  }

  Envelope envelope() {
    return sender.orElseThrow().with(recipients);
  }

  /** OUTBOUND when any recipient is, else INTERNAL when any is. */
  Direction direction() {
    return direction;
  }

  /** True when RCPT was tried and none was accepted. */
  boolean allRefused() {
    return refusedSome && recipients.isEmpty();
  }

  /** Forgets the transaction (RFC 5321 §4.1.1.5). */
  void reset() {
    arrival = Optional.empty();
    sender = Optional.empty();
    recipients.clear();
    keys.clear();
    direction = Direction.INBOUND;
    refusedSome = false;
  }

  /** MAIL (RFC 5321 §4.1.1.2). */
  Answer mail(Command.Mail mail) {
    if (session.peer.submission() && !session.isAuthenticated()) {
      return Answer.of(530, "5.7.0", "authentication is required"); // RFC 6409 §4.3
    }
    if (mail.parameters().requireTls() && !session.isSecure()) { // RFC 8689 §4.1
      return Answer.of(530, "5.7.10", "REQUIRETLS needs TLS");
    }
    if (!session.countMessage()) {
      return Answer.last(421, "4.7.0", "too many messages in one session");
    }
    Optional<Answer> noRoom = noRoom(mail.parameters());
    if (noRoom.isPresent()) {
      return noRoom.get();
    }
    Arrival from = session.arrival();
    Envelope envelope = envelope(mail);
    Verdict verdict = session.judge(() -> session.context.admission().sender(from, envelope));
    if (!verdict.reply().isPositive()) {
      refused(from, envelope, Optional.empty(), verdict.reply());
      return Answer.of(verdict);
    }
    reset();
    arrival = Optional.of(from);
    sender = Optional.of(envelope);
    session.state.move(DialogState.Event.MAIL_ACCEPTED);
    return Answer.of(verdict);
  }

  private static Envelope envelope(Command.Mail mail) {
    MailParameters p = mail.parameters();
    return new Envelope(
        mail.from(),
        List.of(),
        p.body(),
        p.smtputf8(),
        p.ret(),
        p.envid(),
        p.sizeBytes(),
        p.requireTls());
  }

  private Optional<Answer> noRoom(MailParameters parameters) {
    long declared = parameters.sizeBytes().orElse(0);
    if (declared > session.limits.sizeBytes()) {
      session.over("size");
      return Optional.of(
          Answer.of(552, "5.3.4", "message is larger than " + session.limits.sizeBytes()));
    }
    if (session.context.spool().broken().isPresent()) {
      session.over("spool-broken");
      return Optional.of(Answer.of(Session.BROKEN));
    }
    Room.Level level = session.context.spool().room().level();
    if (level == Room.Level.FULL || level == Room.Level.PRESSURE && declared > PRESSURE_BYTES) {
      session.over("spool-room");
      return Optional.of(Answer.of(452, "4.3.1", "not enough storage, try again later"));
    }
    return Optional.empty();
  }

  /** RCPT (RFC 5321 §4.1.1.3). */
  Answer rcpt(Command.Rcpt rcpt) {
    if (rcpt.utf8() && !sender.orElseThrow().smtputf8()) {
      refusedSome = true;
      return Answer.of(553, "5.6.7", "address needs SMTPUTF8"); // RFC 6531 §3.5
    }
    if (recipients.size() >= session.limits.recipients()) {
      return tooMany();
    }
    Recipient asked =
        new Recipient(
            rcpt.to(), rcpt.to(), rcpt.parameters().notifyOn(), rcpt.parameters().orcpt());
    Envelope before = envelope();
    RecipientVerdict said =
        session
            .ask(() -> session.context.admission().recipient(arrival(), before, asked))
            .orElseGet(MailTransaction::broken);
    Reply reply = session.held(said.verdict()).reply();
    if (reply.isPositive()) {
      return add(said);
    }
    refusedSome = true;
    refused(arrival(), before, Optional.of(rcpt.to()), reply);
    return Answer.of(said.verdict());
  }

  private static RecipientVerdict broken() {
    return new RecipientVerdict(new Verdict.Defer(Session.BROKEN), List.of(), Direction.INBOUND);
  }

  private Answer add(RecipientVerdict said) {
    if (recipients.size() + said.recipients().size() > session.limits.recipients()) {
      return tooMany();
    }
    for (Recipient target : said.recipients()) {
      if (keys.add(target.address().key())) {
        recipients.add(target); // named twice, it is delivered once
      }
    }
    if (said.direction() != Direction.INBOUND && direction != Direction.OUTBOUND) {
      direction = said.direction();
    }
    session.state.move(DialogState.Event.RCPT_ACCEPTED);
    return Answer.of(said.verdict());
  }

  private Answer tooMany() {
    refusedSome = true;
    session.over("recipients");
    return Answer.of(452, "4.5.3", "too many recipients"); // RFC 5321 §4.5.3.1.10
  }

  private void refused(Arrival from, Envelope envelope, Optional<Address> recipient, Reply reply) {
    session
        .context
        .accepted()
        .refused(
            new AcceptedListener.Refusal(
                Optional.empty(), from, envelope, recipient, reply, List.of()));
  }
}
