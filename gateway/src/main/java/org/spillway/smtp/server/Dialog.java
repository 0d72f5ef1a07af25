package org.spillway.smtp.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.spillway.admit.Line;
import org.spillway.mail.Reply;
import org.spillway.mail.TlsInfo;
import org.spillway.smtp.Command;
import org.spillway.smtp.CommandParser;
import org.spillway.smtp.ReplyEncoder;

/**
 * The receiving side of one SMTP connection (RFC 5321), without its socket: bytes in, replies out.
 *
 * <p>One thread at a time calls {@link #open}, {@link #feed}, {@link #secured} and {@link #close},
 * and may be blocked there by the admission and the spool; {@link #overdue} may be called from any.
 * After a {@link Wish#START_TLS} the caller drops what is left of its input, sends the replies in
 * the clear, makes the handshake and calls {@code secured}.
 */
public final class Dialog implements AutoCloseable {
  private static final int AUTH_LINE = 12_288; // RFC 4954 §4.5

  /** What a dialog waits for, to choose a timeout by. */
  public enum Awaiting {
    /** A command (RFC 5321 §4.5.3.2.7). */
    COMMAND,
    /** Content (RFC 5321 §4.5.3.2.5). */
    CONTENT
  }

  private final Session session;
  private final CommandParser parser;
  private final LineReader lines;
  private final LineReader authLines;
  private final Greeting greeting;
  private final MailTransaction transaction;
  private final ContentPhase content;
  private final AuthExchange auth;
  private volatile Awaiting awaiting = Awaiting.COMMAND;
  private volatile boolean inTransaction;

  /**
   * A dialog that was not opened yet.
   *
   * @param tls present when the connection began with a handshake
   */
  public Dialog(DialogContext context, Peer peer, Optional<TlsInfo> tls) {
    this(context, peer, tls, Line.QUIET);
  }

  /** The same with a line to the client, to listen on and to hold replies back. */
  public Dialog(DialogContext context, Peer peer, Optional<TlsInfo> tls, Line line) {
    session = new Session(context, peer, tls, line);
    parser = new CommandParser(context.postmasterDomain());
    lines = new LineReader(session.limits.commandLineBytes());
    authLines = new LineReader(AUTH_LINE);
    greeting = new Greeting(session);
    transaction = new MailTransaction(session);
    content = new ContentPhase(session, transaction);
    auth = new AuthExchange(session);
  }

  /** Says the greeting. */
  public Wish open(ReplySink out) {
    return say(greeting.open(), out);
  }

  /**
   * Takes bytes of the client; all of them unless the wish is not {@link Wish#GO_ON}.
   *
   * @param in must be backed by an array
   */
  public Wish feed(ByteBuffer in, ReplySink out) {
    Wish wish = Wish.GO_ON;
    while (in.hasRemaining() && wish == Wish.GO_ON) {
      Optional<Answer> answer = step(in);
      if (answer.isPresent()) {
        wish = say(answer.get(), out);
      }
    }
    awaiting = session.state.inContent() ? Awaiting.CONTENT : Awaiting.COMMAND;
    inTransaction = session.state.inTransaction();
    return wish;
  }

  private Optional<Answer> step(ByteBuffer in) {
    if (content.isSwallowing()) {
      return content.chunk(in);
    }
    return switch (session.state.phase()) {
      case DATA -> content.read(in);
      case CHUNK -> content.chunk(in);
      case AUTH -> authLines.read(in).map(this::authLine);
      case CONNECTED, READY, SENDER, RECIPIENTS, CHUNKS, REFUSED ->
          lines.read(in).flatMap(line -> line(line, in.remaining()));
      case CLOSED -> {
        in.position(in.limit());
        yield Optional.empty();
      }
    };
  }

  private Answer authLine(LineReader.Line line) {
    return switch (line) {
      case LineReader.Line.Text(String text) -> auth.response(text);
      case LineReader.Line.Unusable _ -> auth.unusable();
    };
  }

  private Optional<Answer> line(LineReader.Line line, long more) {
    if (!session.countCommand()) {
      return Optional.of(Answer.last(421, "4.7.0", "too many commands"));
    }
    return switch (line) {
      case LineReader.Line.Unusable(String why) -> Optional.of(Answer.of(500, "5.5.2", why));
      case LineReader.Line.Text(String text) when isProxyTwo(text) ->
          Optional.of(Answer.last(554, "5.5.1", "this is an SMTP port"));
      case LineReader.Line.Text(String text) -> command(parser.parse(text), more);
    };
  }

  /** The third line of a PROXY v2 signature, which nobody sends by mistake. */
  private boolean isProxyTwo(String text) {
    return text.equals("\0") && session.state.phase() == DialogState.Phase.CONNECTED;
  }

  private Optional<Answer> command(Command command, long more) {
    if (isLastOfGroup(command)) {
      long ahead = more + session.line.listen(Duration.ZERO);
      Optional<Reply> end = ahead > 0 ? session.ahead(ahead) : Optional.empty();
      if (end.isPresent()) {
        session.turnedAway(end.get());
        return end.map(reply -> new Answer(reply, Wish.CLOSE));
      }
    }
    if (session.state.phase() == DialogState.Phase.REFUSED && !(command instanceof Command.Quit)) {
      return Optional.of(Answer.of(503, "5.5.1", "no service for you")); // RFC 5321 §3.1
    }
    if (command instanceof Command.Bdat bdat) {
      return content.bdat(bdat);
    }
    return Optional.of(answer(command));
  }

  /**
   * RFC 2920 §3.1: nothing may be sent after it before our reply. What follows NOOP, VRFY or QUIT
   * does no harm, and what follows STARTTLS is dropped.
   */
  private boolean isLastOfGroup(Command command) {
    return switch (command) {
      case Command.Hello _ -> true;
      case Command.Data _ -> session.state.phase() == DialogState.Phase.RECIPIENTS;
      case Command.StartTls _, Command.Quit _, Command.Bdat _ -> false;
      case Command.Mail _,
          Command.Rcpt _,
          Command.Rset _,
          Command.Vrfy _,
          Command.Expn _,
          Command.Help _,
          Command.Noop _,
          Command.Auth _,
          Command.Malformed _ ->
          !session.isExtended();
    };
  }

  private Answer answer(Command command) {
    return switch (command) {
      case Command.Hello hello -> hello(hello);
      case Command.Mail mail -> mail(mail);
      case Command.Rcpt rcpt -> rcpt(rcpt);
      case Command.Data _ -> content.data();
      case Command.Bdat bdat -> content.bdat(bdat).orElseThrow();
      case Command.Rset _ -> {
        content.abandon();
        yield Answer.of(250, "2.0.0", "forgotten");
      }
      case Command.Vrfy _ -> Answer.of(252, "2.5.0", "send mail to find out"); // RFC 5321 §3.5.3
      case Command.Expn _ -> Answer.of(502, "5.5.1", "EXPN is not offered");
      case Command.Help _ -> Answer.of(214, "2.0.0", "see RFC 5321");
      case Command.Noop _ -> Answer.of(250, "2.0.0", "ok");
      case Command.Quit _ -> Answer.last(221, "2.0.0", "goodbye");
      case Command.StartTls _ -> startTls();
      case Command.Auth a -> auth.begin(a);
      case Command.Malformed(Reply reply, boolean stranger) ->
          new Answer(reply, stranger ? Wish.CLOSE : Wish.GO_ON);
    };
  }

  private Answer hello(Command.Hello hello) {
    content.close();
    transaction.reset(); // RFC 5321 §4.1.4
    return greeting.hello(hello);
  }

  private Answer mail(Command.Mail mail) {
    return session.state.phase() == DialogState.Phase.READY
        ? transaction.mail(mail)
        : Answer.of(503, "5.5.1", "no MAIL now"); // RFC 5321 §4.1.4
  }

  private Answer rcpt(Command.Rcpt rcpt) {
    DialogState.Phase phase = session.state.phase();
    return phase == DialogState.Phase.SENDER || phase == DialogState.Phase.RECIPIENTS
        ? transaction.rcpt(rcpt)
        : Answer.of(503, "5.5.1", "no RCPT now");
  }

  private Answer startTls() {
    if (!session.peer.startTls() || session.isSecure()) {
      return Answer.of(502, "5.5.1", "STARTTLS is not offered");
    }
    if (session.state.inTransaction()) {
      return Answer.of(503, "5.5.1", "no STARTTLS within a transaction");
    }
    return new Answer(Reply.of(220, "2.0.0", "ready for TLS"), Wish.START_TLS); // RFC 3207 §4
  }

  private Wish say(Answer answer, ReplySink out) {
    Answer said = answer;
    if (answer.reply().isPermanent() && answer.wish() == Wish.GO_ON && !session.countError()) {
      out.reply(ReplyEncoder.encode(answer.reply()));
      said = Answer.last(421, "4.7.0", "too many errors");
    }
    out.reply(ReplyEncoder.encode(said.reply()));
    if (said.wish() == Wish.CLOSE) {
      close();
    }
    return said.wish();
  }

  /** The handshake is done: everything starts anew (RFC 3207 §4.2). */
  public void secured(TlsInfo tls) {
    lines.forget();
    session.secured(tls);
  }

  /** What it waits for. */
  public Awaiting awaiting() {
    return awaiting;
  }

  /** True between MAIL and the reply to the message: a bad moment to stop. */
  public boolean inTransaction() {
    return inTransaction;
  }

  /** True while the admission judges a message that has come in whole. */
  public boolean isJudging() {
    return content.closing().gate().isJudging();
  }

  /**
   * Gives up a message that is judged for too long (invariant 8); from any thread.
   *
   * @return the bytes to say before the connection is closed; empty when it is too late for that
   */
  public Optional<byte[]> overdue() {
    if (!content.closing().gate().expire()) {
      return Optional.empty();
    }
    session.over("message-timeout");
    return Optional.of(ReplyEncoder.encode(Session.BROKEN));
  }

  /** The connection is gone or about to go: what was not committed is forgotten. */
  @Override
  public void close() {
    content.close();
    session.state.move(DialogState.Event.CLOSE);
    inTransaction = false;
  }
}
