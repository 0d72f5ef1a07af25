package org.spillway.admit;

import java.util.List;
import java.util.Optional;
import org.spillway.auth.message.PendingAuthentication;
import org.spillway.mail.Arrival;
import org.spillway.mail.Direction;
import org.spillway.mail.Envelope;
import org.spillway.mail.Message;
import org.spillway.mail.Recipient;
import org.spillway.policy.Decision;
import org.spillway.spool.Disposition;

/**
 * The one place that judges. The dialog asks it at each stage and says what it answers; it never
 * judges by itself anything but syntax, sequence and its own limits.
 */
public interface Admission {
  /**
   * A client connected (no HELO yet); asked once a connection.
   *
   * @param line to listen on, before the greeting
   */
  Verdict connect(Arrival arrival, Line line);

  /**
   * The client sent bytes after a command that must be the last before our reply (RFC 2920 §3.1);
   * asked once a connection. What is not accepted ends it.
   *
   * @param bytes so far
   */
  Verdict ahead(Arrival arrival, long bytes);

  /** MAIL FROM, its syntax and parameters already read; {@code envelope} has no recipients yet. */
  Verdict sender(Arrival arrival, Envelope envelope);

  /**
   * RCPT TO, its syntax and parameters already read.
   *
   * @param envelope with the recipients accepted before this one
   */
  RecipientVerdict recipient(Arrival arrival, Envelope envelope, Recipient recipient);

  /**
   * The whole message has come in and is not safe yet.
   *
   * @param pending its authentication, when it is authenticated
   */
  MessageVerdict message(Message message, Optional<PendingAuthentication> pending);

  /**
   * What the door says of one recipient.
   *
   * @param verdict for the reply
   * @param recipients what to put into the envelope when accepted: the recipient itself, or the
   *     targets of its alias
   * @param direction which way mail for it goes
   */
  record RecipientVerdict(Verdict verdict, List<Recipient> recipients, Direction direction) {
    public RecipientVerdict {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * What the door says of a message.
   *
   * @param verdict for the reply
   * @param decision its copies, when let in
   * @param standings how each recipient stands at once, in the envelope's order
   * @param topFields header fields that stand on top of it from now on, each with its CRLF; may be
   *     empty
   * @param findings what the checks saw, for trace and evidence
   */
  record MessageVerdict(
      Verdict verdict,
      Decision decision,
      List<Disposition> standings,
      String topFields,
      List<Finding> findings) {
    public MessageVerdict {
      standings = List.copyOf(standings);
      findings = List.copyOf(findings);
    }
  }
}
