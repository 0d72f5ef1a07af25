package org.spillway.deliver.courier;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.spillway.deliver.Effect;
import org.spillway.deliver.Outcome;
import org.spillway.mail.Reply;
import org.spillway.route.Site;
import org.spillway.smtp.Capability;
import org.spillway.smtp.client.ClientDialog;
import org.spillway.smtp.client.Phase;
import org.spillway.smtp.client.Want;

/**
 * One transaction over one connection. What a break means depends on how far it came:
 *
 * <pre>
 *  broke                                     the accepted recipients are
 *  on a kept connection, before any reply    not judged: tried once more on a fresh connection
 *  before the final dot was written          Unreachable
 *  after it, before its reply                Unknown (invariant 4)
 * </pre>
 */
final class Transfer {
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Errand errand;
  private final Connection connection;
  private final ReplyRules rules;
  private final Map<Integer, Outcome> outcomes = new HashMap<>();
  private Phase phase = Phase.MAIL;
  private boolean useless;
  private boolean heard;
  private boolean dotWritten;

  Transfer(Errand errand, Connection connection, ReplyRules rules) {
    this.errand = errand;
    this.connection = connection;
    this.rules = rules;
  }

  /** What came of each recipient; empty when the kept connection turned out to be dead. */
  Optional<Map<Integer, Outcome>> run(Heading heading) {
    connection.beginMessage();
    Optional<ClientDialog> dialog = Optional.empty();
    boolean stale = false;
    try {
      Cargo cargo = Cargo.pack(errand, heading, connection);
      outcomes.putAll(cargo.refused());
      if (!cargo.carried().isEmpty()) {
        dialog = Optional.of(dialog(cargo));
        stale = converse(dialog.get(), cargo);
      }
    } catch (Cargo.LocalFailure ours) {
      deferAll("content cannot be read: " + ours.getMessage());
    } finally {
      boolean whole = outcomes.size() == errand.recipients().size() && !useless;
      connection.endMessage(
          dialog.map(ClientDialog::isUnfinished).orElse(connection.isUnfinished()),
          whole && dialog.map(d -> !d.isClosing()).orElse(true));
    }
    return stale ? Optional.empty() : Optional.of(outcomes);
  }

  private ClientDialog dialog(Cargo cargo) {
    boolean lmtp = errand.site().kind() == Site.Kind.LMTP;
    return new ClientDialog(
        cargo.transaction(), connection.capabilities(), lmtp, connection.isUnfinished());
  }

  /** True when the connection was dead before it began. */
  private boolean converse(ClientDialog dialog, Cargo cargo) throws Cargo.LocalFailure {
    try {
      carry(dialog, cargo);
    } catch (Cargo.LocalFailure ours) {
      throw ours;
    } catch (IOException broken) {
      boolean stale = connection.isReused() && !heard;
      Optional<Reply> parting = heard && !dotWritten ? partingWords() : Optional.empty();
      settle(dialog, cargo);
      for (int i : dialog.unanswered()) {
        outcomes.put(cargo.carried().get(i), broken(parting, broken.getMessage()));
      }
      useless = true;
      return stale;
    }
    settle(dialog, cargo);
    boolean hungUpFirst =
        connection.isReused()
            && dialog.answers().values().stream().allMatch(Transfer::isHangUpAtMail);
    if (hungUpFirst) { // the peer had closed the idle connection with a 421
      useless = true;
    }
    return hungUpFirst;
  }

  private static boolean isHangUpAtMail(ClientDialog.Answer answer) {
    boolean first = answer.phase() == Phase.MAIL || answer.phase() == Phase.RSET;
    return first && answer.reply().code() == 421;
  }

  private void carry(ClientDialog dialog, Cargo cargo) throws IOException {
    Wire wire = connection.wire();
    while (true) {
      switch (dialog.next()) {
        case Want.Say(String text) -> wire.say(text);
        case Want.Hear(Phase next) -> {
          phase = next;
          Reply reply = wire.hear(limit(next), next.name());
          heard = true;
          dialog.take(reply);
        }
        case Want.Content _ -> content(wire, cargo);
        case Want.Secure _ -> throw new IllegalStateException();
        case Want.Ended _ -> {
          return;
        }
      }
    }
  }

  private Duration limit(Phase next) { // RFC 5321 §4.5.3.2
    Site.ClientTimeouts timeouts = errand.site().timeouts();
    return switch (next) {
      case GREETING -> timeouts.greeting();
      case EHLO, STARTTLS, AUTH, RSET, MAIL, RCPT, QUIT -> timeouts.command();
      case DATA -> timeouts.data();
      case FINAL_DOT -> timeouts.finalDot();
    };
  }

  private void content(Wire wire, Cargo cargo) throws IOException {
    wire.expect(cargo.sizeBytes());
    cargo.send(wire);
    try {
      errand.note().about(connection.hop());
    } catch (IOException notWritten) {
      throw new Cargo.LocalFailure(notWritten);
    }
    dotWritten = true;
    wire.say(".\r\n");
  }

  /** A peer that gives up during the content often says why before it closes. */
  private Optional<Reply> partingWords() {
    try {
      Reply reply = connection.wire().hear(LAST_WORDS, "last words");
      return reply.isTransient() || reply.isPermanent() ? Optional.of(reply) : Optional.empty();
    } catch (IOException silent) {
      return Optional.empty();
    }
  }

  private Outcome broken(Optional<Reply> parting, String why) {
    if (dotWritten) {
      return new Outcome.Unknown(connection.hop(), why);
    }
    Phase last = known(phase);
    return parting.isPresent()
        ? outcome(new ClientDialog.Answer(last, parting.get()), false)
        : new Outcome.Unreachable(connection.hop(), Outcome.Step.valueOf(last.name()), why);
  }

  private void settle(ClientDialog dialog, Cargo cargo) {
    boolean dsn = connection.capabilities().has(Capability.DSN);
    dialog
        .answers()
        .forEach((i, answer) -> outcomes.put(cargo.carried().get(i), outcome(answer, dsn)));
  }

  private static Phase known(Phase asked) {
    return asked == Phase.RSET ? Phase.MAIL : asked;
  }

  private Outcome outcome(ClientDialog.Answer answer, boolean dsn) {
    Reply reply = answer.reply();
    if (answer.phase() == Phase.FINAL_DOT && reply.isPositive()) {
      return errand.site().isRelay()
          ? new Outcome.Relayed(connection.hop(), reply, dsn)
          : new Outcome.Delivered(connection.hop(), reply, dsn);
    }
    Phase last = known(answer.phase());
    ReplyRules.Context context =
        new ReplyRules.Context(
            errand.site().kind(),
            errand.envelope().from().isNull(),
            Outcome.Step.valueOf(last.name()));
    return rules.judge(context, reply).outcome(connection.hop(), reply);
  }

  /** How far it came. */
  Outcome.Step step() {
    return Outcome.Step.valueOf(known(phase).name());
  }

  private void deferAll(String why) {
    Reply reply = Reply.of(451, "4.3.0", why);
    for (int i : errand.recipients()) {
      outcomes.putIfAbsent(i, new Outcome.Deferred(connection.hop(), reply, new Effect.None()));
    }
    useless = true;
  }
}
