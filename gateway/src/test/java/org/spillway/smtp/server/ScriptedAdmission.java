package org.spillway.smtp.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.spillway.admit.Admission;
import org.spillway.admit.Line;
import org.spillway.admit.Verdict;
import org.spillway.auth.message.PendingAuthentication;
import org.spillway.mail.Address;
import org.spillway.mail.Arrival;
import org.spillway.mail.Direction;
import org.spillway.mail.Domain;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;
import org.spillway.mail.Reply;
import org.spillway.policy.Decision;
import org.spillway.spool.Disposition;

/** Lets mail for example.com in from anyone, and to the world from 10.0.0.0/8, unless told else. */
public final class ScriptedAdmission implements Admission {
  /** Stage (connect, sender, recipient, message) to what is said there. */
  public final Map<String, Verdict> script = new ConcurrentHashMap<>();

  /** Done before a message is judged. */
  public volatile Runnable beforeMessage = () -> {};

  @Override
  public Verdict ahead(Arrival arrival, long bytes) {
    return said("ahead", Reply.of(250, "2.0.0", "ok"));
  }

  @Override
  public Verdict connect(Arrival arrival, Line line) {
    return said("connect", Reply.of(220, "2.0.0", "welcome"));
  }

  @Override
  public Verdict sender(Arrival arrival, Envelope envelope) {
    return said("sender", Reply.of(250, "2.1.0", "sender ok"));
  }

  @Override
  public RecipientVerdict recipient(Arrival arrival, Envelope envelope, Recipient recipient) {
    Optional<Verdict> scripted = Optional.ofNullable(script.get("recipient"));
    boolean ours = recipient.address().domain().name().equals("example.com");
    boolean ourClient = arrival.client().getAddress()[0] == 10 || arrival.user().isPresent();
    Direction direction =
        ours ? (ourClient ? Direction.INTERNAL : Direction.INBOUND) : Direction.OUTBOUND;
    if (scripted.isPresent()) {
      return new RecipientVerdict(scripted.get(), List.of(), direction);
    }
    if (!ours && !ourClient) {
      Verdict no = new Verdict.Refuse(Reply.of(550, "5.7.1", "no relaying"));
      return new RecipientVerdict(no, List.of(), direction);
    }
    Verdict yes = new Verdict.Accept(Reply.of(250, "2.1.5", "recipient ok"));
    return new RecipientVerdict(yes, targets(recipient), direction);
  }

  private static List<Recipient> targets(Recipient recipient) {
    Domain domain = recipient.address().domain();
    return recipient.address().localPart().equals("team")
        ? List.of(
            recipient.to(new Address("ann", domain)), recipient.to(new Address("bob", domain)))
        : List.of(recipient);
  }

  @Override
  public MessageVerdict message(Message message, Optional<PendingAuthentication> pending) {
    beforeMessage.run();
    int count = message.envelope().recipients().size();
    List<Direction> ways = java.util.Collections.nCopies(count, message.direction());
    List<Disposition> standings =
        java.util.Collections.nCopies(count, Disposition.Waiting.fresh(message.arrival().at()));
    return new MessageVerdict(
        said("message", Reply.of(250, "2.0.0", "ok")),
        Decision.unconstrained(ways),
        standings,
        "",
        List.of());
  }

  private Verdict said(String stage, Reply otherwise) {
    return script.getOrDefault(stage, new Verdict.Accept(otherwise));
  }
}
