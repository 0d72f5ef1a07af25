package org.spillway.smtp.server;

import java.util.ArrayList;
import java.util.List;
import org.spillway.admit.Verdict;
import org.spillway.mail.Reply;
import org.spillway.smtp.Capability;
import org.spillway.smtp.Command;

/** The opening of a dialog: the 220, and the answers to EHLO and HELO. */
final class Greeting {
  private final Session session;

  Greeting(Session session) {
    this.session = session;
  }

  /** The first line (RFC 5321 §3.1), or why there is no service. */
  Answer open() {
    Verdict verdict =
        session.judge(() -> session.context.admission().connect(session.arrival(), session.line));
    if (!verdict.reply().isPositive()) {
      session.turnedAway(verdict.reply());
    }
    return switch (verdict) {
      case Verdict.Accept _, Verdict.Quarantine _ ->
          Answer.of(Reply.plain(220, host() + " ESMTP Spillway"));
      case Verdict.Refuse(Reply reply, _) -> {
        session.state.move(DialogState.Event.REFUSE); // RFC 5321 §3.1: wait for QUIT
        yield Answer.of(new Reply(554, reply.status(), reply.lines()));
      }
      case Verdict.Defer(Reply reply, _) ->
          new Answer(new Reply(421, reply.status(), reply.lines()), Wish.CLOSE);
      case Verdict.HangUp(Reply reply, _) -> new Answer(reply, Wish.CLOSE);
    };
  }

  private String host() {
    return session.context.hostName().name();
  }

  /** EHLO and HELO (RFC 5321 §4.1.1.1). */
  Answer hello(Command.Hello hello) {
    session.greeted(hello.name(), hello.extended());
    if (!hello.extended()) {
      return Answer.of(Reply.plain(250, host()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(host());
    for (Capability capability : Capability.values()) {
      if (isOffered(capability)) {
        lines.add(line(capability));
      }
    }
    return Answer.of(new Reply(250, java.util.Optional.empty(), lines));
  }

  private boolean isOffered(Capability capability) {
    return switch (capability) {
      case STARTTLS -> session.peer.startTls() && !session.isSecure(); // RFC 3207 §4.2
      case REQUIRETLS -> session.isSecure(); // RFC 8689 §2
      case AUTH -> // RFC 4954 §4: not in the clear
          session.peer.submission() && session.isSecure() && !session.isAuthenticated();
      case PIPELINING, SIZE, EIGHTBITMIME, SMTPUTF8, DSN, ENHANCEDSTATUSCODES, CHUNKING, LIMITS ->
          true;
    };
  }

  private String line(Capability capability) {
    SessionLimits limits = session.limits;
    return switch (capability) {
      case SIZE -> "SIZE " + limits.sizeBytes(); // RFC 1870 §4
      case AUTH -> "AUTH PLAIN LOGIN";
      case LIMITS -> // RFC 9422 §4
          "LIMITS MAILMAX=" + limits.messagesPerSession() + " RCPTMAX=" + limits.recipients();
      case PIPELINING,
          EIGHTBITMIME,
          SMTPUTF8,
          DSN,
          ENHANCEDSTATUSCODES,
          CHUNKING,
          STARTTLS,
          REQUIRETLS ->
          capability.keyword();
    };
  }
}
