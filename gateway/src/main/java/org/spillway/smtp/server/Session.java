package org.spillway.smtp.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.admit.Line;
import org.spillway.admit.Verdict;
import org.spillway.mail.Arrival;
import org.spillway.mail.Envelope;
import org.spillway.mail.Reply;
import org.spillway.mail.ReversePath;
import org.spillway.mail.TlsInfo;

/** What the parts of one dialog share: who speaks, how far it has come, and how patient we are. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** Said whenever a check broke (invariant 7: fail closed). */
  static final Reply BROKEN = Reply.of(451, "4.3.0", "temporary failure here, try again later");

  final DialogContext context;
  final Peer peer;
  final Line line;
  final SessionLimits limits;
  final DialogState state = new DialogState();
  private String helo = "";
  private boolean extended;
  private Optional<TlsInfo> tls;
  private Optional<String> user = Optional.empty();
  private int commands;
  private boolean aheadTold;
  private int errors;
  private int messages;

  Session(DialogContext context, Peer peer, Optional<TlsInfo> tls, Line line) {
    this.context = context;
    this.peer = peer;
    this.line = line;
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

  /** True when the client has said EHLO: then commands may be sent in groups (RFC 2920). */
  boolean isExtended() {
    return extended;
  }

  /**
   * The client sent bytes that should have waited for our reply; the admission is told once.
   *
   * @return why the session ends, when it does
   */
  Optional<Reply> ahead(long bytes) {
    if (aheadTold) {
      return Optional.empty();
    }
    aheadTold = true;
    Verdict verdict = judge(() -> context.admission().ahead(arrival(), bytes));
    return Optional.of(verdict.reply()).filter(reply -> !reply.isPositive());
  }

  /** Tells of a client that was turned away before it named a sender. */
  void turnedAway(Reply reply) {
    Envelope nothing = Envelope.of(ReversePath.NULL, List.of());
    context
        .accepted()
        .refused(
            new AcceptedListener.Refusal(
                Optional.empty(), arrival(), nothing, Optional.empty(), reply, List.of()));
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
    return held(ask(question).orElseGet(() -> new Verdict.Defer(BROKEN)));
  }

  /** Waits as long as the verdict wants the reply to be held back. */
  Verdict held(Verdict verdict) {
    if (!verdict.delay().isZero()) {
      line.pause(verdict.delay());
    }
    return verdict;
  }
}
