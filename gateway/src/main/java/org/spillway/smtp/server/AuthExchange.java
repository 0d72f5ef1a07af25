package org.spillway.smtp.server;

import java.util.Optional;
import org.spillway.mail.Reply;
import org.spillway.mail.Secret;
import org.spillway.smtp.Command;
import org.spillway.smtp.Sasl;

/** AUTH PLAIN and LOGIN (RFC 4954, RFC 4616); only over TLS, only on submission. */
final class AuthExchange {
  private static final int MAX_FAILURES = 5;

  private enum Step {
    NONE,
    PLAIN,
    LOGIN_USER,
    LOGIN_PASSWORD
  }

  private final Session session;
  private Step step = Step.NONE;
  private String user = "";
  private int failures;

  AuthExchange(Session session) {
    this.session = session;
  }

  /** The AUTH command. */
  Answer begin(Command.Auth auth) {
    if (!session.peer.submission()) {
      return Answer.of(502, "5.5.1", "AUTH is not offered here");
    }
    if (!session.isSecure()) {
      return Answer.of(538, "5.7.11", "encryption is needed for AUTH"); // RFC 4954 §6
    }
    if (session.isAuthenticated() || session.state.phase() != DialogState.Phase.READY) {
      return Answer.of(503, "5.5.1", "no AUTH now"); // RFC 4954 §4
    }
    return switch (auth.mechanism()) {
      case "PLAIN" -> start(Step.PLAIN, auth.initial(), "");
      case "LOGIN" -> start(Step.LOGIN_USER, auth.initial(), Sasl.prompt("Username:"));
      default -> Answer.of(504, "5.5.4", "mechanism not known"); // RFC 4954 §4
    };
  }

  private Answer start(Step first, Optional<String> initial, String prompt) {
    session.state.move(DialogState.Event.AUTH_BEGIN);
    step = first;
    return initial.map(this::response).orElseGet(() -> challenge(prompt));
  }

  private static Answer challenge(String prompt) {
    return Answer.of(Reply.plain(334, prompt));
  }

  /** A line of the client while the exchange lasts. */
  Answer response(String line) {
    if (line.equals("*")) {
      return end(Answer.of(501, "5.7.0", "AUTH given up")); // RFC 4954 §4
    }
    return switch (step) {
      case PLAIN ->
          Sasl.plain(line).map(c -> verify(c.user(), c.password())).orElseGet(this::unreadable);
      case LOGIN_USER ->
          Sasl.text(line).filter(u -> !u.isEmpty()).map(this::password).orElseGet(this::unreadable);
      case LOGIN_PASSWORD ->
          Sasl.text(line).map(p -> verify(user, Secret.of(p))).orElseGet(this::unreadable);
      case NONE -> unreadable();
    };
  }

  private Answer password(String name) {
    user = name;
    step = Step.LOGIN_PASSWORD;
    return challenge(Sasl.prompt("Password:"));
  }

  private Answer unreadable() {
    return end(Answer.of(501, "5.5.2", "cannot read that")); // RFC 4954 §4
  }

  private Answer verify(String name, Secret password) {
    if (session.context.accounts().verify(name, password)) {
      session.authenticated(name);
      session.context.metrics().count("spillway_smtp_auth_total", "result", "ok");
      return end(Answer.of(235, "2.7.0", "authenticated"));
    }
    session.context.metrics().count("spillway_smtp_auth_total", "result", "failed");
    if (++failures >= MAX_FAILURES) {
      session.over("auth");
      return end(Answer.last(421, "4.7.0", "too many failed AUTH"));
    }
    return end(Answer.of(535, "5.7.8", "credentials not valid")); // RFC 4954 §6
  }

  private Answer end(Answer answer) {
    step = Step.NONE;
    user = "";
    if (session.state.phase() == DialogState.Phase.AUTH) {
      session.state.move(DialogState.Event.AUTH_END);
    }
    return answer;
  }

  /** A line that is too long or not text. */
  Answer unusable() {
    return end(Answer.of(500, "5.5.6", "line too long or malformed")); // RFC 4954 §6
  }
}
