package org.spillway.smtp.mina;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.Reply;
import org.spillway.mail.TlsInfo;
import org.spillway.smtp.ReplyEncoder;
import org.spillway.smtp.server.Dialog;
import org.spillway.smtp.server.Peer;
import org.spillway.smtp.server.SessionLimits;
import org.spillway.smtp.server.Wish;

/**
 * One connection: carries bytes between a MINA session and a Dialog. MINA's threads only put work
 * on the agenda; a virtual thread does it, and ends when there is none left.
 */
final class Conversation implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final long MOST_UNREAD_BYTES = 64 << 10;
  private static final long LINGER_NANOS = 2_000_000_000L;
  private static final Reply TIMEOUT = Reply.of(421, "4.4.2", "timeout, closing connection");
  private static final Reply SLOW = Reply.of(421, "4.4.2", "too slow, closing connection");
  private static final Reply STOPPING = Reply.of(421, "4.3.2", "shutting down, try again later");
  private static final Reply BROKEN = Reply.of(421, "4.3.0", "temporary failure, closing");

  private final IoSession session;
  private final Surroundings around;
  private final Agenda agenda;
  private final SessionLimits limits;
  private final Watch watch;
  private final ReadGate gate;
  private final ReplyWriter writer;
  private final ReplyBuffer replies = new ReplyBuffer();
  private volatile Optional<Dialog> dialog = Optional.empty();
  private volatile ProxyHeader.Source client;
  private volatile Optional<TlsInfo> implicitTls = Optional.empty();
  private volatile long activeAt;
  private volatile boolean blocked;
  private volatile boolean over;
  private volatile Optional<Long> lingerUntil = Optional.empty();
  private boolean counted;

  Conversation(IoSession session, Surroundings around) {
    this.session = session;
    this.gate = new ReadGate(session);
    this.around = around;
    this.agenda = new Agenda(around.context().budget());
    boolean clear = around.settings().tls() != ListenerSettings.TlsMode.IMPLICIT;
    this.writer = new ReplyWriter(session, around.processor(), clear);
    this.limits = around.context().limits().get();
    this.activeAt = around.stopwatch().getAsLong();
    this.watch = new Watch(limits, activeAt);
    InetSocketAddress remote = (InetSocketAddress) session.getRemoteAddress();
    this.client = new ProxyHeader.Source(remote.getAddress(), remote.getPort());
  }

  // What MINA's threads tell.

  /** A listed proxy named the client. */
  void client(ProxyHeader.Source source) {
    client = source;
  }

  /** Addresses and, with implicit TLS, the handshake are settled. */
  void ready() {
    agenda.ready();
    wake();
  }

  /**
   * Bytes came.
   *
   * @param secure true when they came through TLS
   */
  void received(IoBuffer buffer, boolean secure) {
    active();
    watch.came(buffer.remaining());
    boolean full = agenda.add(Inbox.array(buffer), secure);
    if (full) {
      gate.shut();
    }
    wake();
  }

  void secured(TlsInfo tls) {
    active();
    if (agenda.secured(tls)) {
      wake();
    } else {
      implicitTls = Optional.of(tls);
      ready();
    }
  }

  /** The client closed its half: what it said before is still answered. */
  void ended() {
    gate.end();
    if (over || dialog.isEmpty()) {
      session.closeNow();
      return;
    }
    agenda.ended();
    wake();
  }

  void sent() {
    if (blocked) {
      wake();
    }
  }

  void gone() {
    agenda.gone();
    wake();
  }

  void stop() {
    agenda.stop(STOPPING);
    wake();
  }

  private void active() {
    activeAt = around.stopwatch().getAsLong();
  }

  private void wake() {
    if (agenda.claim()) {
      around.run(this);
    }
  }

  // What the worker does.

  @Override
  public void run() {
    Optional<Work> work = next();
    while (work.isPresent()) {
      try {
        perform(work.get());
      } catch (RuntimeException broken) {
        LOG.error("session of {} broke", client.address().getHostAddress(), broken);
        dismiss(BROKEN);
      }
      if (replies.isFull() || agenda.isInboxEmpty()) {
        flush();
      }
      active();
      work = next();
    }
  }

  private Optional<Work> next() {
    if (gate.isShut() && agenda.hasRoom()) {
      gate.open();
    }
    return agenda.next(this::isReadable, () -> dialog.map(d -> !d.inTransaction()).orElse(true));
  }

  private boolean isReadable() {
    blocked = session.getScheduledWriteBytes() > MOST_UNREAD_BYTES;
    return !blocked;
  }

  private void perform(Work work) {
    switch (work) {
      case Work.Open _ -> open();
      case Work.Secured(TlsInfo tls) -> dialog.orElseThrow().secured(tls);
      case Work.Bytes(ByteBuffer bytes) -> feed(bytes);
      case Work.Dismiss(Reply reply) -> dismiss(reply);
      case Work.Ended _ -> close(false);
      case Work.Gone _ -> leave();
    }
  }

  private void open() {
    Optional<SessionCounts.TooMany> no = around.counts().enter(client.address(), limits);
    if (no.isPresent()) {
      around.reached(no.get().limit());
      dismiss(no.get().reply());
      return;
    }
    counted = true;
    around.connected();
    Dialog opened =
        new Dialog(
            around.context(), peer(), implicitTls, new AgendaLine(agenda, around.stopwatch()));
    dialog = Optional.of(opened);
    if (opened.open(replies) == Wish.CLOSE) {
      close(false);
    }
  }

  private Peer peer() {
    ListenerSettings settings = around.settings();
    boolean startTls = settings.tls() == ListenerSettings.TlsMode.STARTTLS;
    return new Peer(
        client.address(), client.port(), settings.name(), settings.submission(), startTls);
  }

  private void feed(ByteBuffer bytes) {
    Dialog d = dialog.orElseThrow();
    boolean content = d.awaiting() == Dialog.Awaiting.CONTENT;
    switch (d.feed(bytes, replies)) {
      case GO_ON -> {}
      case START_TLS -> startTls();
      case CLOSE -> close(content || bytes.hasRemaining());
    }
  }

  /** RFC 3207 §4; the 220 goes out below the filter, in the clear, after all replies before it. */
  private void startTls() {
    agenda.handshake();
    writer.encrypted();
    ListenerHandler.startTls(session, around.tls().orElseThrow(), replies.take());
  }

  private void dismiss(Reply reply) {
    replies.reply(ReplyEncoder.encode(reply));
    close(false);
  }

  /**
   * Writes what there is to say and closes.
   *
   * @param linger true to hear the client out for a moment: closing while it still sends would
   *     reset the connection, and it would never read why
   */
  private void close(boolean linger) {
    flush();
    over = true;
    agenda.deaf();
    dialog.ifPresent(Dialog::close);
    if (linger) {
      lingerUntil = Optional.of(around.stopwatch().getAsLong() + LINGER_NANOS);
    } else {
      session.closeOnFlush();
    }
  }

  private void flush() {
    byte[] bytes = replies.take();
    if (bytes.length > 0 && !over) {
      writer.write(bytes);
    }
  }

  private void leave() {
    over = true;
    dialog.ifPresent(Dialog::close);
    if (counted) {
      around.counts().leave(client.address());
    }
  }

  // What the timer asks.

  /** Looks at the time; called a few times a second by one thread. */
  void tick(long now) {
    if (over) {
      lingerUntil.filter(until -> now - until >= 0).ifPresent(_ -> session.closeNow());
      return;
    }
    switch (watch.look(now, standing())) {
      case FINE -> {}
      case UNREAD -> wake();
      case OVERDUE -> dialog.flatMap(Dialog::overdue).ifPresent(this::giveUp);
      case TIMEOUT -> expire("timeout", TIMEOUT);
      case SLOW -> expire("rate", SLOW);
    }
  }

  private Watch.Standing standing() {
    Optional<Dialog> d = dialog;
    boolean judging = d.map(Dialog::isJudging).orElse(false);
    boolean content = d.map(o -> o.awaiting() == Dialog.Awaiting.CONTENT).orElse(false);
    return new Watch.Standing(agenda.isWorking(), judging, content, blocked, activeAt);
  }

  private void giveUp(byte[] reply) {
    over = true;
    agenda.deaf();
    session.write(IoBuffer.wrap(reply));
    session.closeOnFlush();
  }

  private void expire(String limit, Reply reply) {
    around.reached(limit);
    if (dialog.isEmpty()) {
      session.closeNow(); // no greeting yet: nothing to say it with
      return;
    }
    agenda.dismiss(reply);
    wake();
  }
}
