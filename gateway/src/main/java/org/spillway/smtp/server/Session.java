package org.spillway.smtp.server;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.admit.Verdict;
import org.spillway.mail.Arrival;
import org.spillway.mail.Reply;
import org.spillway.mail.TlsInfo;

/** What the parts of one dialog share: who speaks, how far it has come, and how patient we are. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** Said whenever a check broke (invariant 7: fail closed). */
  static final Reply BROKEN = Reply.of(451, "4.3.0", "temporary failure here, try again later");

  final DialogContext context;
  final Peer peer;
  final SessionLimits limits;
  final DialogState state = new DialogState();
  private String helo = "";
  private boolean extended;
  private Optional<TlsInfo> tls;
  private Optional<String> user = Optional.empty();
  private int commands;
  private int errors;
  private int messages;

  Session(DialogContext context, Peer peer, Optional<TlsInfo> tls) {
    this.context = context;
    this.peer = peer;
    this.limits = context.limits().get();
    this.tls = tls;
  }

  Arrival arrival() {
    Instant now = context.clock().instant();
    return new Arrival(
        now, peer.address(), peer.port(), helo, extended, tls, user, peer.listener());
  }

  void greeted(String name, boolean ehlo) {
    helo = name;
    extended = ehlo;
    state.move(DialogState.Event.HELLO);
  }

  /** RFC 3207 §4.2: whatever was learnt in the clear is forgotten. */
  void secured(TlsInfo info) {
    state.move(DialogState.Event.SECURED);
    tls = Optional.of(info);
    helo = "";
    user = Optional.empty();
  }

  void authenticated(String name) {
    user = Optional.of(name);
  }

  boolean isSecure() {
    return tls.isPresent();
  }

  boolean isAuthenticated() {
    return user.isPresent();
  }

  /** Counts a command; false when it is one too many. */
  boolean countCommand() {
    return ++commands <= limits.commandsPerSession() || over("commands");
  }

  /** Counts a mistake of the client; false when it is one too many. */
  boolean countError() {
    return ++errors <= limits.errorsPerSession() || over("errors");
  }

  /** Counts a transaction; false when it is one too many. */
  boolean countMessage() {
    return ++messages <= limits.messagesPerSession() || over("messages");
  }

  /** Counts a limit that was reached; always false. */
  boolean over(String limit) {
    context.metrics().count("spillway_smtp_limit_total", "limit", limit);
    return false;
  }

  /** Asks the admission; empty when a check broke, which defers (invariant 7). */
  <T> Optional<T> ask(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (RuntimeException broken) {
      LOG.error("admission failed for {}", peer.address().getHostAddress(), broken);
      return Optional.empty();
    }
  }

  /** Asks for a verdict only. */
  Verdict judge(Supplier<Verdict> question) {
    return ask(question).orElseGet(() -> new Verdict.Defer(BROKEN));
  }
}
