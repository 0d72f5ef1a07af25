package org.spillway.smtp.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.admit.Admission.MessageVerdict;
import org.spillway.admit.Finding;
import org.spillway.admit.Verdict;
import org.spillway.auth.message.ContentPass;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.EntryId;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Reply;
import org.spillway.metrics.Metrics;
import org.spillway.policy.Decision;
import org.spillway.smtp.ContentScanner;
import org.spillway.spool.Draft;
import org.spillway.spool.Outgoing;
import org.spillway.spool.Receipt;
import org.spillway.spool.Room;

/** From the end of data to the reply: judge, make safe, tell (invariant 1: safe at 250). */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
  private static final Reply FULL = Reply.of(452, "4.3.1", "not enough storage, try again later");
  private static final String COUNTER = "spillway_smtp_messages_total";

  private final Session session;
  private final MailTransaction transaction;
  private final CommitGate gate = new CommitGate();

  Closing(Session session, MailTransaction transaction) {
    this.session = session;
    this.transaction = transaction;
  }

  CommitGate gate() {
    return gate;
  }

  /** What is wrong with the content so far. */
  Optional<Reply> trouble(IncomingContent content, ContentScanner scanner) {
    return scanner.problem().map(this::reply).or(content::trouble);
  }

  private Reply reply(ContentScanner.Problem problem) {
    session.over(problem.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    return switch (problem) {
      case BARE_LINE_END -> Reply.of(554, "5.6.0", "bare CR or LF in message"); // RFC 5321 §2.3.8
      case NUL -> Reply.of(554, "5.6.0", "NUL in message"); // RFC 5322 §2.2
      case LONG_LINE -> Reply.of(500, "5.6.0", "line too long in message"); // RFC 5321 §4.5.3.1.6
    };
  }

  /** The one reply to the message. */
  Answer finish(EntryId id, IncomingContent content, ContentScanner scanner) {
    content.end();
    Envelope envelope = transaction.envelope();
    Optional<Reply> trouble = trouble(content, scanner);
    if (trouble.isPresent()) {
      return refuse(id, envelope, Answer.of(trouble.get()), List.of());
    }
    ContentFacts facts = content.facts();
    if (facts.autoSubmitted() && room() == Room.Level.PRESSURE || room() == Room.Level.FULL) {
      session.over("spool-room");
      return refuse(id, envelope, Answer.of(FULL), List.of());
    }
    gate.begin();
    try {
      return judge(id, envelope, facts, content);
    } finally {
      gate.end();
    }
  }

  private Room.Level room() {
    return session.context.spool().room().level();
  }

  private Answer judge(EntryId id, Envelope envelope, ContentFacts facts, IncomingContent content) {
    Draft draft = content.draft();
    Instant endOfData = session.context.clock().instant();
    MessageVerdict said =
        session
            .ask(
                () ->
                    session
                        .context
                        .admission()
                        .message(message(id, envelope, facts, draft), content.pass().pending()))
            .orElseGet(Closing::broken);
    Duration took = Duration.between(endOfData, session.context.clock().instant());
    metrics().time("spillway_smtp_judge_seconds", took);
    boolean late = took.compareTo(session.limits.messageTimeout()) > 0;
    boolean givenUp = said.verdict().reply().isPositive() && (late || !gate.commit());
    if (givenUp) {
      session.over("message-timeout");
      return refuse(id, envelope, Answer.of(Session.BROKEN), said.findings());
    }
    return switch (said.verdict()) {
      case Verdict.Accept _, Verdict.Quarantine _ ->
          commit(draft, accepted(envelope, facts, said, content.pass()), said.findings());
      case Verdict.Defer _, Verdict.Refuse _, Verdict.HangUp _ ->
          refuse(id, envelope, Answer.of(said.verdict()), said.findings());
    };
  }

  private Message message(EntryId id, Envelope envelope, ContentFacts facts, Draft draft) {
    try {
      return new Message(
          id, transaction.arrival(), transaction.direction(), envelope, facts, draft.content());
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static MessageVerdict broken() {
    return new MessageVerdict(
        new Verdict.Defer(Session.BROKEN), new Decision(List.of()), List.of(), "", List.of());
  }

  private Draft.Accepted accepted(
      Envelope envelope, ContentFacts facts, MessageVerdict said, ContentPass pass) {
    return new Draft.Accepted(
        transaction.arrival(),
        transaction.direction(),
        envelope,
        facts,
        said.decision(),
        said.standings(),
        new Outgoing(said.topFields(), pass.bodyHash()));
  }

  private Answer commit(Draft draft, Draft.Accepted accepted, List<Finding> findings) {
    Instant before = session.context.clock().instant();
    Receipt receipt = draft.commit(accepted);
    Duration took = Duration.between(before, session.context.clock().instant());
    metrics().time("spillway_smtp_commit_seconds", took);
    return switch (receipt) {
      case Receipt.Safe(EntryId id, int _) -> {
        tell(id, accepted, findings);
        metrics().count(COUNTER, "listener", session.peer.listener(), "result", "accepted");
        yield Answer.of(250, "2.0.0", "accepted as " + id); // RFC 5321 §6.1: ours from here on
      }
      case Receipt.Full _ -> notKept("full", FULL);
      case Receipt.NotSafe _ -> notKept("not-safe", Session.BROKEN);
    };
  }

  private void tell(EntryId id, Draft.Accepted accepted, List<Finding> findings) {
    try {
      session.context.accepted().accepted(id, accepted, findings);
    } catch (RuntimeException broken) {
      LOG.error("{} is safe, but nobody could be told of it", id, broken);
    }
  }

  private Answer notKept(String why, Reply reply) {
    session.over("spool-" + why);
    metrics().count(COUNTER, "listener", session.peer.listener(), "result", "deferred");
    return Answer.of(reply);
  }

  private Answer refuse(EntryId id, Envelope envelope, Answer answer, List<Finding> findings) {
    String result = answer.reply().isTransient() ? "deferred" : "refused";
    metrics().count(COUNTER, "listener", session.peer.listener(), "result", result);
    session
        .context
        .accepted()
        .refused(
            new AcceptedListener.Refusal(
                Optional.of(id),
                transaction.arrival(),
                envelope,
                Optional.empty(),
                answer.reply(),
                findings));
    return answer;
  }

  private Metrics metrics() {
    return session.context.metrics();
  }
}
