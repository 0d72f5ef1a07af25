package org.spillway.smtp.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.filter.FilterEvent;
import org.apache.mina.filter.ssl.SslEvent;
import org.apache.mina.filter.ssl.SslFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spillway.mail.TlsInfo;
import org.spillway.smtp.mina.ListenerSettings.TlsMode;

/** Turns MINA's events into words for a Conversation. Runs on MINA's threads and never blocks. */
final class ListenerHandler extends IoHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerHandler.class);
  private static final AttributeKey CONVERSATION =
      new AttributeKey(ListenerHandler.class, "conversation");
  private static final String TLS = "tls";
  private static final String PROXY = "proxy";

  private final Surroundings around;

  ListenerHandler(Surroundings around) {
    this.around = around;
  }

  static Optional<Conversation> of(IoSession session) {
    return Optional.ofNullable((Conversation) session.getAttribute(CONVERSATION));
  }

  /** Builds the filter chain of a new session: PROXY below TLS below us. */
  void build(IoFilterChain chain) {
    IoSession session = chain.getSession();
    if (!(session.getRemoteAddress() instanceof InetSocketAddress)) {
      session.closeNow(); // gone before it began
      return;
    }
    Conversation conversation = new Conversation(session, around);
    session.setAttribute(CONVERSATION, conversation);
    boolean implicit = around.settings().tls() == TlsMode.IMPLICIT;
    if (isProxy(session)) {
      chain.addLast(
          PROXY,
          new ProxyFilter(
              source -> {
                source.ifPresent(conversation::client);
                if (!implicit) {
                  conversation.ready();
                }
              }));
    }
    if (implicit) {
      chain.addLast(TLS, around.tls().orElseThrow().filter());
    }
  }

  private boolean isProxy(IoSession session) {
    return session.getRemoteAddress() instanceof InetSocketAddress remote
        && around.settings().proxyFrom().stream().anyMatch(n -> n.contains(remote.getAddress()));
  }

  /** Puts TLS into a session and says something below it, still in the clear. */
  static void startTls(IoSession session, TlsContext tls, byte[] lastWords) {
    IoFilterChain chain = session.getFilterChain();
    chain.addFirst(TLS, tls.filter());
    IoFilter.NextFilter below = chain.getNextFilter(TLS);
    below.filterWrite(session, new DefaultWriteRequest(IoBuffer.wrap(lastWords)));
  }

  @Override
  public void sessionOpened(IoSession session) {
    boolean waits = around.settings().tls() == TlsMode.IMPLICIT || isProxy(session);
    if (!waits) {
      of(session).ifPresent(Conversation::ready);
    }
  }

  @Override
  public void messageReceived(IoSession session, Object message) {
    if (message instanceof IoBuffer buffer) {
      boolean secure = session.containsAttribute(SslFilter.SSL_SECURED);
      of(session).ifPresent(c -> c.received(buffer, secure));
    }
  }

  @Override
  public void messageSent(IoSession session, Object message) {
    of(session).ifPresent(Conversation::sent);
  }

  @Override
  public void event(IoSession session, FilterEvent event) {
    if (event == SslEvent.SECURED
        && session.getAttribute(SslFilter.SSL_SECURED) instanceof SSLSession secured) {
      TlsInfo info = new TlsInfo(secured.getProtocol(), secured.getCipherSuite(), Optional.empty());
      of(session).ifPresent(c -> c.secured(info));
    }
  }

  @Override
  public void inputClosed(IoSession session) {
    of(session).ifPresentOrElse(Conversation::ended, session::closeNow);
  }

  @Override
  public void sessionClosed(IoSession session) {
    of(session).ifPresent(Conversation::gone);
  }

  @Override
  public void exceptionCaught(IoSession session, Throwable cause) {
    boolean late = cause instanceof IllegalStateException && session.isClosing(); // TLS, closed
    if (cause instanceof IOException || late) {
      LOG.debug("{}: {}", session.getRemoteAddress(), cause.toString()); // reset, TLS, late write
    } else {
      LOG.warn("session of {} failed", session.getRemoteAddress(), cause);
    }
    session.closeNow();
  }
}
