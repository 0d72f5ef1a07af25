package org.spillway.smtp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.auth.Field;
import org.spillway.auth.message.ContentPass;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Reply;
import org.spillway.smtp.ContentSink;
import org.spillway.spool.Draft;

/**
 * One message on its way into a draft: our fields first, then its header section once that is
 * complete, then its body as it comes. After a trouble the rest is thrown away (RFC 5321 §4.2.5:
 * the reply waits for the end of data).
 */
final class IncomingContent implements ContentSink, AutoCloseable {
  /**
   * What is put on top.
   *
   * @param fromOutside true for mail of strangers
   * @param received our Received field
   * @param completes true to add Message-ID and Date where they are missing (RFC 6409 §8)
   * @param messageId the one to add
   * @param date the one to add
   */
  record Top(
      boolean fromOutside, String received, boolean completes, String messageId, String date) {}

  private static final Logger LOG = LoggerFactory.getLogger(IncomingContent.class);
  private static final Reply TOO_BIG = Reply.of(552, "5.3.4", "message too large");
  private static final Reply HEADER = Reply.of(552, "5.3.4", "header section too large");
  private static final Reply MEMORY = Reply.of(452, "4.3.1", "too busy, try again later");
  private static final byte[] CRLF = {'\r', '\n'};

  private final Session session;
  private final Draft draft;
  private final Top top;
  private final DraftWriter writer;
  private final HeaderBuffer header = new HeaderBuffer();
  private final FactsCollector facts = new FactsCollector();
  private ContentPass pass = ContentPass.idle();
  private boolean inBody;
  private long received;
  private long headerBytes;
  private long budgeted = DraftWriter.BUFFER_BYTES;
  private Optional<Reply> trouble = Optional.empty();

  /** Begins; the budget for {@link DraftWriter#BUFFER_BYTES} was taken already. */
  IncomingContent(Session session, Draft draft, Top top) {
    this.session = session;
    this.draft = draft;
    this.top = top;
    this.writer = new DraftWriter(draft);
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    received += length;
    if (trouble.isPresent()) {
      return;
    }
    if (received > session.limits.sizeBytes()) {
      trouble("size", TOO_BIG); // RFC 1870 §6.3
      return;
    }
    try {
      int taken = inBody ? 0 : header(bytes, offset, length);
      if (inBody && taken < length) {
        body(bytes, offset + taken, length - taken);
      }
    } catch (IOException broken) {
      LOG.error("the spool does not take content", broken);
      trouble("spool-write", Session.BROKEN);
    }
  }

  private int header(byte[] bytes, int offset, int length) throws IOException {
    int taken = header.take(bytes, offset, length);
    int over = header.bytes().length - (DraftWriter.BUFFER_BYTES >> 1);
    if (header.length() > session.limits.headerBytes()) {
      trouble("header", HEADER);
    } else if (over > 0 && !budget(DraftWriter.BUFFER_BYTES + over)) {
      trouble("buffer", MEMORY);
    } else if (header.isComplete()) {
      beginBody();
    }
    return taken;
  }

  private boolean budget(long total) {
    long more = total - budgeted;
    if (more > 0 && !session.context.budget().tryTake(more)) {
      return false;
    }
    budgeted = Math.max(total, budgeted);
    return true;
  }

  private void beginBody() throws IOException {
    inBody = true;
    boolean missing = header.isMissing();
    int section = missing ? 0 : header.length();
    facts.headers(header.bytes(), section);
    pass = session.context.watch().begin(top.fromOutside(), header.bytes(), section);
    write(top.received());
    if (top.completes()) {
      complete();
    }
    if (missing) {
      writer.write(CRLF, 0, 2); // else our field would make a header section of its first line
      headerBytes = writer.written();
      body(header.bytes(), 0, header.length());
    } else {
      writeHeader();
      headerBytes = writer.written();
    }
  }

  /** All but the fields that claim to be ours (RFC 8601 §5). */
  private void writeHeader() throws IOException {
    int from = 0;
    for (Field forged : pass.forged()) {
      writer.write(header.bytes(), from, forged.start() - from);
      from = forged.end();
    }
    writer.write(header.bytes(), from, header.length() - from);
  }

  private void complete() throws IOException {
    if (!facts.hasMessageId()) {
      write("Message-ID: " + top.messageId() + "\r\n"); // RFC 6409 §8.3
      facts.gave(top.messageId());
    }
    if (!facts.hasDate()) {
      write("Date: " + top.date() + "\r\n"); // RFC 6409 §8.2
    }
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writer.write(bytes, 0, bytes.length);
  }

  private void body(byte[] bytes, int offset, int length) throws IOException {
    facts.body(bytes, offset, length);
    pass.body(bytes, offset, length);
    writer.write(bytes, offset, length);
  }

  private void trouble(String limit, Reply reply) {
    session.over(limit);
    trouble = Optional.of(reply);
  }

  /** The end of data: everything goes to the draft. */
  void end() {
    if (trouble.isPresent()) {
      return;
    }
    try {
      if (!inBody) {
        beginBody(); // RFC 5322 §3.5: the body is optional
      }
      writer.flush();
    } catch (IOException broken) {
      LOG.error("the spool does not take content", broken);
      trouble("spool-write", Session.BROKEN);
    }
  }

  /** What authentication has of it. */
  ContentPass pass() {
    return pass;
  }

  /** Why it cannot be kept. */
  Optional<Reply> trouble() {
    return trouble;
  }

  /** What was seen of it. */
  ContentFacts facts() {
    return facts.facts(writer.written(), headerBytes);
  }

  Draft draft() {
    return draft;
  }

  /** Forgets the draft unless it was committed, and gives the heap back. */
  @Override
  public void close() {
    draft.close();
    session.context.budget().give(budgeted);
  }
}
