package org.spillway.smtp.server;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.spillway.mail.Direction;
import org.spillway.mail.EntryId;
import org.spillway.mail.Reply;
import org.spillway.smtp.Command;
import org.spillway.smtp.ContentRules;
import org.spillway.smtp.ContentScanner;
import org.spillway.smtp.server.SessionLimits.Malformed;

/** DATA (RFC 5321 §4.1.1.4) and BDAT (RFC 3030): content into a draft, then the judgement. */
final class ContentPhase implements AutoCloseable {
  private static final Reply NO_ROOM = Reply.of(452, "4.3.1", "too busy, try again later");
  private static final Reply GO_AHEAD = Reply.plain(354, "end data with <CR><LF>.<CR><LF>");

  private final Session session;
  private final MailTransaction transaction;
  private final Closing closing;
  private Optional<IncomingContent> content = Optional.empty();
  private Optional<ContentScanner> scanner = Optional.empty();
  private EntryId id = new EntryId(0, 0);
  private long chunkBytes;
  private boolean lastChunk;
  private Optional<Answer> swallowed = Optional.empty();
  private long consumed;

  ContentPhase(Session session, MailTransaction transaction) {
    this.session = session;
    this.transaction = transaction;
    this.closing = new Closing(session, transaction);
  }

  Closing closing() {
    return closing;
  }

  /** The DATA command. */
  Answer data() {
    if (session.state.phase() != DialogState.Phase.RECIPIENTS) {
      return outOfOrder();
    }
    if (!begin()) {
      return Answer.of(NO_ROOM);
    }
    scanner = Optional.of(ContentScanner.data(rules(), content.orElseThrow()));
    session.state.move(DialogState.Event.DATA);
    return Answer.of(GO_AHEAD);
  }

  private Answer outOfOrder() {
    return transaction.allRefused()
        ? Answer.of(554, "5.5.1", "no valid recipients") // RFC 5321 §3.3
        : Answer.of(503, "5.5.1", "MAIL and RCPT first");
  }

  private boolean begin() {
    if (!session.context.budget().tryTake(DraftWriter.BUFFER_BYTES)) {
      return session.over("buffer");
    }
    id = EntryId.next(session.context.clock().instant(), session.context.chance());
    consumed = 0;
    content = Optional.of(new IncomingContent(session, session.context.spool().draft(id), top()));
    return true;
  }

  private IncomingContent.Top top() {
    String host = session.context.hostName().name();
    boolean ours = session.peer.submission() || transaction.direction() != Direction.INBOUND;
    return new IncomingContent.Top(
        !ours,
        ReceivedField.of(
            session.context.hostName(), transaction.arrival(), id, transaction.envelope()),
        ours,
        "<" + id + "@" + host + ">",
        MailDate.of(transaction.arrival().at()));
  }

  private ContentRules rules() {
    SessionLimits limits = session.limits;
    return new ContentRules(
        limits.bareLines() == Malformed.NORMALISE,
        limits.nul() == Malformed.NORMALISE,
        limits.lineBytes());
  }

  /** Bytes after DATA; an answer at the end of data, or when it goes on for too long. */
  Optional<Answer> read(ByteBuffer in) {
    int before = in.position();
    boolean ended = scanner.orElseThrow().scan(in);
    consumed += in.position() - before;
    if (ended) {
      return Optional.of(finish());
    }
    return isHopeless(consumed) ? Optional.of(hangUp()) : Optional.empty();
  }

  /** Twice what is allowed: the client does not listen, so staying in step is no use. */
  private boolean isHopeless(long bytes) {
    return bytes / 2 > session.limits.sizeBytes();
  }

  private Answer hangUp() {
    session.over("size-hang-up");
    abandon();
    return Answer.last(552, "5.3.4", "message far too large");
  }

  /** The BDAT command; its octets follow whatever we answer. */
  Optional<Answer> bdat(Command.Bdat bdat) {
    if (isHopeless(bdat.sizeBytes())) {
      return Optional.of(hangUp());
    }
    chunkBytes = bdat.sizeBytes();
    lastChunk = bdat.last();
    DialogState.Phase phase = session.state.phase();
    if (phase != DialogState.Phase.RECIPIENTS && phase != DialogState.Phase.CHUNKS) {
      swallowed = Optional.of(outOfOrder()); // RFC 3030 §2: the octets are sent anyway
    } else if (content.isEmpty() && !begin()) {
      swallowed = Optional.of(Answer.of(NO_ROOM));
      abandon();
    } else {
      if (scanner.isEmpty()) {
        scanner = Optional.of(ContentScanner.chunks(rules(), content.orElseThrow()));
      }
      session.state.move(DialogState.Event.CHUNK);
    }
    return chunkBytes == 0 ? Optional.of(chunkEnd()) : Optional.empty();
  }

  /** True while octets of a chunk are still to come that nobody wants. */
  boolean isSwallowing() {
    return swallowed.isPresent();
  }

  /** Octets of a chunk; an answer at its end. */
  Optional<Answer> chunk(ByteBuffer in) {
    int count = (int) Math.min(chunkBytes, in.remaining());
    chunkBytes -= count;
    if (isSwallowing()) {
      in.position(in.position() + count);
    } else {
      consumed += count;
      ByteBuffer octets = in.slice(in.position(), count);
      scanner.orElseThrow().scan(octets);
      in.position(in.position() + count);
    }
    return chunkBytes == 0 ? Optional.of(chunkEnd()) : Optional.empty();
  }

  private Answer chunkEnd() {
    if (swallowed.isPresent()) {
      Answer answer = swallowed.get();
      swallowed = Optional.empty();
      return answer;
    }
    if (lastChunk) {
      scanner.orElseThrow().finish();
      return finish();
    }
    Optional<Reply> trouble = closing.trouble(content.orElseThrow(), scanner.orElseThrow());
    if (trouble.isPresent()) {
      abandon(); // RFC 3030 §2: chunks after a failed one get 503
      return Answer.of(trouble.get());
    }
    session.state.move(DialogState.Event.CHUNK_READ);
    return Answer.of(250, "2.0.0", "chunk taken");
  }

  private Answer finish() {
    try {
      return closing.finish(id, content.orElseThrow(), scanner.orElseThrow());
    } finally {
      abandon();
    }
  }

  /** Forgets the message in hand and the transaction. */
  void abandon() {
    close();
    transaction.reset();
    session.state.move(DialogState.Event.RESET);
  }

  @Override
  public void close() {
    content.ifPresent(IncomingContent::close);
    content = Optional.empty();
    scanner = Optional.empty();
  }
}
